package io.murmuration.protocol;

/** Carries a {@link ServiceError} through calls and futures. It has no stack trace: it is an answer, not an accident. */
public final class ServiceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ServiceError error;

    public ServiceException(ServiceError error) {
        super(error.message(), null, false, false);
        this.error = error;
    }

    public static ServiceException validation(String message) {
        return new ServiceException(ServiceError.validation(message));
    }

    public ServiceError error() {
        return error;
    }
}
