// The status page. Values from manifests and providers only ever become text nodes.

const byId = id => document.getElementById(id);
const MARKED = { 'X-Camel-Ray': 'page' };
const ORDER = ['delivered', 'rendered', 'rendering', 'submitting', 'planned', 'held', 'unknown', 'failed', 'cancelled'];
let source = null;

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else if (value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? '' : value);
    }
  }
  element.append(...children.filter(child => child !== null && child !== undefined));
  return element;
}

function tell(text, problem = false) {
  byId('told').hidden = problem || !text;
  byId('problem').hidden = !problem || !text;
  byId(problem ? 'problem' : 'told').textContent = text;
}

async function ask(method, path, body, type = 'application/json') {
  const response = await fetch(path, {
    method, headers: { ...MARKED, ...(body === undefined ? {} : { 'Content-Type': type }) }, body,
  });
  const answer = await response.json().catch(() => ({}));
  if (response.status === 401 && path !== '/api/session') {
    start();
  }
  if (!response.ok) {
    throw new Error(answer.error ?? 'The program answered ' + response.status);
  }
  return answer;
}

async function order(path, document) {
  try {
    tell((await ask('POST', path, JSON.stringify(document))).message);
  } catch (problem) {
    tell(problem.message, true);
  }
}

const give = (verb, target, more = {}) => order('/api/orders/' + verb, { target, ...more });

/** Asks before something that cannot be taken back, or that needs to know more. @return the form's fields, or null */
function confirmed(title, text, fields = []) {
  const dialog = byId('ask');
  byId('ask-title').textContent = title;
  byId('ask-text').textContent = text;
  byId('ask-fields').replaceChildren(...fields);
  dialog.returnValue = 'no';
  dialog.showModal();
  return new Promise(resolve => dialog.addEventListener('close', () =>
    resolve(dialog.returnValue === 'yes' ? new FormData(dialog.querySelector('form')) : null), { once: true }));
}

function button(label, about, action) {
  return make('button', { type: 'button', 'aria-label': label + ' ' + about, onclick: action }, label);
}

async function cancel(target) {
  if (await confirmed('Cancel ' + target + '?', 'What is planned or held ends for nothing. What the provider has already is '
      + 'asked to be cancelled where that is possible, else it finishes and is paid for.')) {
    give('cancel', target);
  }
}

async function resume(campaign, budget) {
  const field = make('label', {}, 'Budget in US dollars; empty: as it is (' + budget + ') ',
    make('input', { name: 'budget', inputmode: 'decimal', autocomplete: 'off', pattern: '[0-9]+([.][0-9]+)?' }));
  const answer = await confirmed('Resume ' + campaign + '?', 'What is paused, stopped after failures or held for the budget '
    + 'goes on, as far as it fits.', [field]);
  if (answer) {
    give('resume', campaign, answer.get('budget') ? { budget: answer.get('budget') } : {});
  }
}

async function resolve(render) {
  const choice = (value, text) => make('label', {}, make('input', { type: 'radio', name: 'action', value, required: true }), ' ' + text);
  const answer = await confirmed('Resolve ' + render + '?', 'Nobody can prove whether the provider has this job.', [
    choice('adopt', 'Adopt the job that I found at the provider:'),
    make('label', {}, 'Its id ', make('input', { name: 'job', autocomplete: 'off' })),
    choice('resubmit', 'Submit it again, at the risk of paying twice'),
    choice('abandon', 'Abandon it'),
    make('label', {}, make('input', { type: 'checkbox', name: 'charged' }), ' the provider charged for it'),
  ]);
  if (answer) {
    order('/api/resolve', { render, action: answer.get('action'), job: answer.get('job') ?? '', charged: answer.has('charged') });
  }
}

function sums(list) {
  return list.filter(([, value]) => value !== undefined)
    .map(([name, value]) => make('div', {}, make('dt', {}, name), make('dd', {}, String(value))));
}

function showNow(status) {
  const work = status.work;
  byId('now').replaceChildren(...sums([
    ['confirmed', '$' + status.dollars.confirmed], ['reserved', '$' + status.dollars.reserved],
    ['at risk', '$' + status.dollars.atRisk], ['rendering', work.rendering + work.submitting],
    ['to deliver', work.rendered], ['due', work.due], ['due later', work.dueLater],
    ['waiting for parents', work.waitingForParents],
    ['next due', work.nextDue && new Date(work.nextDue).toLocaleTimeString()],
  ]));
}

function bar(campaign) {
  const parts = ORDER.filter(state => campaign.renders[state]).map(state => {
    const part = make('i', { class: state });
    part.style.flexGrow = campaign.renders[state];
    return part;
  });
  return make('div', { class: 'bar', role: 'img', 'aria-label': counted(campaign.renders) }, ...parts);
}

const counted = counts => ORDER.filter(state => counts[state]).map(state => counts[state] + ' ' + state).join(', ') || 'nothing';

function describe(card, campaign) {
  const name = campaign.campaign;
  const renders = campaign.renders;
  const waits = (renders.held ?? 0) + (renders.unknown ?? 0) + (renders.failed ?? 0);
  const goesOn = (renders.planned ?? 0) + (renders.held ?? 0) + (renders.rendering ?? 0) + (renders.submitting ?? 0);
  const parts = [
    make('h3', {}, name, make('span', { class: 'soft' }, ' r' + campaign.revision + ', ' + campaign.source)),
    bar(campaign),
    make('p', {}, (renders.delivered ?? 0) + ' of ' + campaign.total + ' delivered: ' + counted(renders)
      + (campaign.drafts ? '. Drafts: ' + counted(campaign.drafts) : '')),
    make('dl', { class: 'sum' }, ...sums([['confirmed', '$' + campaign.dollars.confirmed],
      ['reserved', '$' + campaign.dollars.reserved], ['at risk', '$' + campaign.dollars.atRisk],
      ['expected', '$' + campaign.dollars.expected], ['budget', '$' + campaign.dollars.budget]])),
    campaign.windowUntil ? make('p', { class: 'soft' }, 'Nothing is spent before '
      + new Date(campaign.windowUntil).toLocaleString() + '; until then it can be cancelled for nothing.') : null,
    make('div', { class: 'buttons' },
      campaign.sheet ? make('a', { href: '/reports/' + encodeURIComponent(name) + '/contact-sheet.html' }, 'Contact sheet of ' + name) : null,
      renders.held ? button('Approve all', name, () => give('approve', name)) : null,
      renders.held ? button('Reject all', name, () => give('reject', name)) : null,
      renders.failed ? button('Retry failed', name, () => give('retry', name)) : null,
      renders.planned ? button('Pause', name, () => give('pause', name)) : null,
      renders.held ? button('Resume', name, () => resume(name, '$' + campaign.dollars.budget)) : null,
      goesOn ? button('Cancel', name, () => cancel(name)) : null),
  ];
  card.querySelector('.about').replaceChildren(...parts.filter(part => part));
  const details = card.querySelector('details');
  details.hidden = waits === 0;
  details.querySelector('summary').textContent = waits + (waits === 1 ? ' waits' : ' wait') + ' for a person: ' + name;
  card.dataset.changes = campaign.revision + '/' + campaign.changes;
  if (details.open && !details.hidden) {
    list(card);
  }
}

async function list(card) {
  if (card.dataset.listed === card.dataset.changes) {
    return;
  }
  const changes = card.dataset.changes;
  try {
    const campaign = await ask('GET', '/api/campaigns/' + encodeURIComponent(card.dataset.campaign));
    card.dataset.listed = changes;
    const focused = document.activeElement?.getAttribute('aria-label');
    card.querySelector('.waiting').replaceChildren(...campaign.attention.map(waiting));
    if (focused && document.activeElement === document.body) {
      [...card.querySelectorAll('button')].find(each => each.getAttribute('aria-label') === focused)?.focus();
    }
  } catch (problem) {
    tell(problem.message, true);
  }
}

function waiting(render) {
  const id = render.render;
  const state = render.state + (render.held ? ' (' + render.held + ')' : '');
  return make('li', {},
    make('span', { class: 'badge ' + render.state }, state), ' ' + id + ' ' + render.variant + ', ' + render.step
      + (render.draft ? ' (draft)' : ''),
    make('p', { class: 'why' }, [render.why, render.remedy, render.draftObject && 'Its draft: ' + render.draftObject]
      .filter(text => text).join(' — ')),
    make('div', { class: 'buttons' },
      ...(render.held === 'approval' ? [button('Approve', id, () => give('approve', id)), button('Reject', id, () => give('reject', id))] : []),
      render.state === 'held' && ['paused', 'budget'].includes(render.held) ? button('Resume', id, () => give('resume', id)) : null,
      render.state === 'failed' ? button('Retry', id, () => give('retry', id)) : null,
      render.state === 'unknown' ? button('Resolve', id, () => resolve(id)) : null,
      render.state === 'held' ? button('Cancel', id, () => cancel(id)) : null));
}

function showCampaigns(status) {
  const place = byId('campaigns');
  const cards = new Map([...place.children].map(card => [card.dataset.campaign, card]));
  for (const campaign of status.campaigns) {
    let card = cards.get(campaign.campaign);
    if (!card) {
      card = make('article', { class: 'card', 'data-campaign': campaign.campaign }, make('div', { class: 'about' }),
        make('details', { ontoggle: event => event.target.open && list(event.target.parentElement) },
          make('summary', {}), make('ul', { class: 'waiting' })));
      const after = [...place.children].find(other => other.dataset.acceptedAt < campaign.acceptedAt);
      place.insertBefore(card, after ?? null);
    }
    cards.delete(campaign.campaign);
    card.dataset.acceptedAt = campaign.acceptedAt;
    // Only what has changed is drawn anew: a button that has the focus keeps it.
    const news = JSON.stringify(campaign);
    if (card.news !== news) {
      card.news = news;
      keepingFocus(card, () => describe(card, campaign));
    }
  }
  cards.forEach(card => card.remove());
  byId('no-campaigns').hidden = status.campaigns.length > 0;
  const more = status.campaignsInAll - status.campaigns.length;
  byId('more-campaigns').textContent = more > 0 ? more + ' older ones: camel-ray status' : '';
}

function keepingFocus(place, draw) {
  const label = place.contains(document.activeElement) ? document.activeElement.getAttribute('aria-label') : null;
  draw();
  if (label) {
    [...place.querySelectorAll('button')].find(each => each.getAttribute('aria-label') === label)?.focus();
  }
}

function showAccounts(status) {
  const place = byId('accounts');
  const news = JSON.stringify(status.accounts);
  if (place.news === news) {
    return;
  }
  place.news = news;
  keepingFocus(place, () => place.replaceChildren(...status.accounts.map(account => make('article', { class: 'card' },
    make('h3', {}, account.account, make('span', { class: 'soft' }, ' ' + account.provider + ' at ' + account.baseUrl)),
    account.paused ? make('p', { class: 'error' }, 'Paused: ' + account.paused
      + (account.triesAgainAt ? '; tries again at ' + new Date(account.triesAgainAt).toLocaleTimeString() : '')) : null,
    account.coolingUntil ? make('p', { class: 'warning' }, 'Posts nothing before ' + new Date(account.coolingUntil).toLocaleTimeString()) : null,
    account.active === undefined ? make('p', { class: 'soft' }, 'Not used yet') : make('p', {},
      account.active + ' of ' + account.maxConcurrent + ' jobs, ' + account.inLastMinute + ' of ' + account.requestsPerMinute
      + ' requests in the last minute, ' + account.posting + ' of ' + account.maxPosting + ' on the wire'),
    make('div', { class: 'buttons' }, account.active === undefined ? null : account.paused
      ? button('Resume', 'account ' + account.account, () => give('resume', 'account:' + account.account))
      : button('Pause', 'account ' + account.account, () => give('pause', 'account:' + account.account)))))));
}

// --- a new manifest

let planned = null;

function invalidate() {
  planned = null;
  byId('accept').disabled = true;
  byId('plan').replaceChildren();
}

function rows(title, shares) {
  return shares.length < 2 ? null : make('table', {}, make('caption', {}, title), make('tbody', {}, ...shares.map(share =>
    make('tr', {}, make('th', { scope: 'row' }, share.name), make('td', {}, share.renders + ' renders'),
      make('td', {}, price(share))))));
}

const dollars = amount => '$' + Number(amount).toFixed(Math.max(2, (String(amount).split('.')[1] ?? '').length));
const price = share => share.expected === share.upperBound ? dollars(share.expected)
  : dollars(share.expected) + ' expected, at most ' + dollars(share.upperBound);

function showPlan(plan) {
  const parts = [make('h3', {}, plan.acceptable ? 'Plan of ' + plan.campaign : 'This would be rejected')];
  if (plan.violations.length > 0) {
    parts.push(make('ul', {}, ...plan.violations.map(wrong => make('li', { class: wrong.severity },
      wrong.severity + ' ' + wrong.rule + (wrong.line ? ', line ' + wrong.line + ', column ' + wrong.column : '') + ': '
      + wrong.message + ' ' + wrong.remedy))));
  }
  if (plan.acceptable) {
    parts.push(make('p', {}, plan.variants + ' variants, ' + plan.renders + ' renders on ' + plan.provider + ' (account '
      + plan.account + '): ' + price(plan.dollars) + ', of a budget of ' + dollars(plan.dollars.budget) + '. ' + plan.prices));
    parts.push(rows('By step', plan.steps), rows('By ratio', plan.ratios), rows('By ' + plan.values.axis, plan.values.first));
    parts.push(make('details', {}, make('summary', {}, plan.keyCount + ' objects'),
      make('ul', {}, ...plan.keys.map(key => make('li', {}, key)))));
  }
  byId('plan').replaceChildren(...parts.filter(part => part));
}

byId('manifest').addEventListener('input', invalidate);
byId('manifest-file').addEventListener('change', async event => {
  const file = event.target.files[0];
  if (file) {
    byId('manifest').value = await file.text();
    invalidate();
  }
});
byId('manifest-form').addEventListener('submit', async event => {
  event.preventDefault();
  invalidate();
  const text = byId('manifest').value;
  try {
    const plan = await ask('POST', '/api/preview', text, 'application/octet-stream');
    if (text === byId('manifest').value) {
      showPlan(plan);
      planned = plan.acceptable ? text : null;
      byId('accept').disabled = planned === null;
    }
  } catch (problem) {
    tell(problem.message, true);
  }
});
byId('accept').addEventListener('click', async () => {
  const text = planned;
  byId('accept').disabled = true;
  try {
    tell((await ask('POST', '/api/accept', text, 'application/octet-stream')).message);
    byId('manifest').value = '';
    invalidate();
  } catch (problem) {
    tell(problem.message, true);
  }
});

// --- signing in, and looking on

byId('sign-in').addEventListener('submit', async event => {
  event.preventDefault();
  try {
    await ask('POST', '/api/session', JSON.stringify({ token: byId('token').value }));
    byId('token').value = '';
    tell('');
    start();
  } catch (problem) {
    tell(problem.message, true);
  }
});
byId('sign-out').addEventListener('click', async () => {
  await ask('DELETE', '/api/session').catch(() => {});
  start();
});

function show(status) {
  showNow(status);
  showCampaigns(status);
  showAccounts(status);
}

async function start() {
  source?.close();
  let session;
  try {
    session = await ask('GET', '/api/session');
  } catch {
    byId('live').textContent = 'The program does not answer; trying again …';
    setTimeout(start, 2000);
    return;
  }
  byId('sign-in').hidden = session.open;
  byId('signed-in').hidden = !session.open;
  byId('sign-out').hidden = !(session.open && session.token);
  byId('live').textContent = session.open ? 'Connecting …' : 'Signed out';
  if (!session.open) {
    return;
  }
  source = new EventSource('/events');
  source.addEventListener('status', event => {
    byId('live').textContent = 'Live';
    show(JSON.parse(event.data));
  });
  source.addEventListener('error', () => {
    byId('live').textContent = 'The program does not answer; trying again …';
    if (source.readyState === EventSource.CLOSED) {
      setTimeout(start, 2000);
    }
  });
}

start();
