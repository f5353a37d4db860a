package io.camelray.rules;

/** The order in which violations are told. */
public enum Stage {
    ENVELOPE,
    ENUMS,
    CROSS_FIELD,
    REFERENCES,
    MEDIA,
    ACCOUNT
}
