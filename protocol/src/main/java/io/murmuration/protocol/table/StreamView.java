package io.murmuration.protocol.table;

/** What a table's stream shows of a changed item besides its key. As on the wire. */
public enum StreamView {
    KEYS_ONLY(false, false),
    NEW_IMAGE(true, false),
    OLD_IMAGE(false, true),
    NEW_AND_OLD_IMAGES(true, true);

    private final boolean newImage;
    private final boolean oldImage;

    StreamView(boolean newImage, boolean oldImage) {
        this.newImage = newImage;
        this.oldImage = oldImage;
    }

    public boolean showsNewImage() {
        return newImage;
    }

    public boolean showsOldImage() {
        return oldImage;
    }
}
