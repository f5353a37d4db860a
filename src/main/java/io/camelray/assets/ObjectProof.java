package io.camelray.assets;

/** Whether an object is at its place with exactly the bytes that it should have. */
public sealed interface ObjectProof {

    /**
     * @param entityTag the store's tag; empty in a folder
     * @param evidence what the proof rests on, for people
     */
    record Proven(String entityTag, String evidence) implements ObjectProof {}

    /** @param reason one sentence naming the object */
    record NotProven(String reason) implements ObjectProof {}
}
