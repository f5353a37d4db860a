package io.camelray.model;

/** The provider's id of an accepted job: what one polls with. It belongs to one account. */
public record ProviderJobId(String value) {

    public ProviderJobId {
        if (value == null || value.isBlank() || value.length() > 200) {
            throw new IllegalArgumentException("A provider's job id has 1 to 200 characters");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
