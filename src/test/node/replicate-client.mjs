// Drives a simulated Replicate with the official client and prints what the client made of it.
// usage: node replicate-client.mjs BASE_URL
import Replicate from "replicate";

const model = "luma/ray-3.2";
const replicate = new Replicate({ auth: "r8_conformance", baseUrl: process.argv[2] });

const created = await replicate.predictions.create({
  model,
  input: { prompt: "An amber bottle on wet slate", resolution: "540p" },
});
const finished = await replicate.wait(created, { interval: 20 });

const canceled = await replicate.predictions.create({ model, input: { prompt: "Stopped" } });
const stopped = await replicate.predictions.cancel(canceled.id);

const output = await replicate.run(model, {
  input: { prompt: "Waited for", resolution: "540p" },
  wait: { mode: "block", timeout: 30 },
  useFileOutput: false,
});

const prompts = [];
for await (const page of replicate.paginate(replicate.predictions.list)) {
  prompts.push(...page.map((prediction) => prediction.input.prompt));
}

let refusal = null;
try {
  await replicate.predictions.create({ model, input: { prompt: "p", duration: 7 } });
} catch (error) {
  refusal = error.response.status;
}

console.log(JSON.stringify({
  created: created.status,
  finished: finished.status,
  output: finished.output,
  stopped: stopped.status,
  waited: output,
  prompts,
  refusal,
}));
