package io.camelray.rules;

/** Whether an account may ask for HDR (R44). No provider tells; it is the operator's knowledge. */
public enum HdrAccess {
    GRANTED,
    UNKNOWN,
    NONE
}
