package io.murmuration.journal.leveldb;

import io.murmuration.journal.DamagedStoreException;
import io.murmuration.journal.leveldb.LevelDbOptions.Recovery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks over the files of a LevelDB before LevelDB opens them, and cuts off what a crash left half written.
 *
 * <p>Found as damage: a missing CURRENT, manifest or table, a table that was cut or has a wrong index, a manifest that is wrong before its end, and a missing
 * write-ahead file that the manifest names. Batches carry sequence numbers without gaps, over all write-ahead files; where one is missing or wrong,
 * {@link Recovery} decides. Of the tables only the indexes are read, unless the LevelDB that will
 * read them does not check for itself, or the store wants all of them read.
 */
final class Inspection {
    private static final Logger LOG = LoggerFactory.getLogger(Inspection.class);
    private static final int BATCH_HEADER_BYTES = 12;

    private final Path db;
    private final Recovery recovery;

    private final boolean wholeTables;

    private Inspection(Path db, Recovery recovery, boolean wholeTables) {
        this.db = db;
        this.recovery = recovery;
        this.wholeTables = wholeTables;
    }

    static void run(Path db, LevelDbOptions options, boolean wholeTables) throws IOException {
        if (Files.exists(db.resolve("CURRENT"))) {
            new Inspection(db, options.recovery(), wholeTables).run();
        } else if (LevelDbFiles.hasData(db)) {
            throw new DamagedStoreException("The store " + db + " lost its CURRENT file.");
        } else if (!options.createIfMissing()) {
            throw new DamagedStoreException("The store " + db + " is missing.");
        }
    }

    private void run() throws IOException {
        var manifest = manifest();
        for (long table : manifest.tables()) {
            inspectTable(table);
        }
        var live = LevelDbFiles.writeAhead(db).stream()
                .filter(file -> LevelDbFiles.number(file) >= manifest.writeAhead())
                .toList();
        if (manifest.writeAhead() > 0 && !live.contains(LevelDbFiles.writeAhead(db, manifest.writeAhead()))) {
            throw new DamagedStoreException(
                    "The store " + db + " lost its write-ahead file " + manifest.writeAhead() + ".");
        }
        inspectWriteAhead(live);
    }

    /** Its recorded size tells nothing: the pure Java LevelDB records it wrongly. A cut table misses its footer. */
    private void inspectTable(long number) throws IOException {
        var file = LevelDbFiles.table(db, number);
        if (file.isEmpty()) {
            throw new DamagedStoreException("The store " + db + " lost table " + number + ".");
        }
        if (wholeTables) {
            TableFile.checkAll(file.get());
        } else {
            TableFile.checkIndex(file.get());
        }
    }

    private Manifest manifest() throws IOException {
        var file = RecordFile.read(Manifest.file(db));
        if (file.records().isEmpty() || file.hasSoundRemains()) {
            throw new DamagedStoreException("The manifest of the store " + db + " is damaged.");
        }
        if (file.hasRemains()) {
            LOG.info("Cut off an edit that a crash left half written, at {} of {}", file.end(), file.path());
            file.cut(file.end());
        }
        return Manifest.of(file);
    }

    /** The files follow each other: a gap in the first ends them all. LevelDB begins the next when the one before is full, so never behind an empty one. */
    private void inspectWriteAhead(List<Path> live) throws IOException {
        long expected = -1;
        for (int i = 0; i < live.size(); i++) {
            var file = RecordFile.read(live.get(i));
            int soundEnd = file.end();
            for (var record : file.records()) {
                long sequence = sequence(record);
                if (expected >= 0 && sequence != expected) {
                    soundEnd = record.start();
                    break;
                }
                expected = sequence + record.payload().getInt(Long.BYTES);
            }
            boolean gap = soundEnd < file.end() || file.hasSoundRemains();
            var later = live.subList(i + 1, live.size());
            if (gap || file.hasRemains() || (file.records().isEmpty() && haveRecords(later))) {
                cut(file, soundEnd, gap, later);
                return;
            }
        }
    }

    private static boolean haveRecords(List<Path> files) throws IOException {
        for (var path : files) {
            if (!RecordFile.read(path).records().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private void cut(RecordFile file, int at, boolean gap, List<Path> later) throws IOException {
        boolean laterHasRecords = haveRecords(later);
        if (recovery == Recovery.EVERY_BATCH_WAS_SYNCED && (gap || laterHasRecords)) {
            throw new DamagedStoreException(
                    "The store " + db + " is damaged: " + file.path().getFileName()
                            + " holds a batch that was synced and cannot be read any more, at " + at + ".");
        }
        if (gap || laterHasRecords) {
            LOG.warn("Dropped batches that follow an unreadable one, at {} of {}; the log holds them", at, file.path());
        }
        // the later ones first: a crash in between must not leave them behind a shorter file without a gap to see
        for (int i = later.size() - 1; i >= 0; i--) {
            RecordFile.read(later.get(i)).cut(0);
        }
        file.cut(at);
    }

    private static long sequence(RecordFile.Found record) {
        if (record.payload().limit() < BATCH_HEADER_BYTES) {
            throw new DamagedStoreException("A write-ahead file holds a batch without a header.");
        }
        return record.payload().getLong(0);
    }
}
