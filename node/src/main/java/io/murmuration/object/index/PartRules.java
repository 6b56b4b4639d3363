package io.murmuration.object.index;

import io.murmuration.object.ConditionRules;
import io.murmuration.object.UploadRules;
import io.murmuration.object.UploadRules.UploadedPart;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.object.ObjectErrors;
import io.murmuration.protocol.object.operation.ObjectRequest.CompletedPart;
import io.murmuration.protocol.object.operation.ObjectRequest.UploadPart;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;

/** How uploads in parts begin, grow and end. */
final class PartRules {
    /** Numbers beside the upload's own id, so that its garbage of several kinds does not meet under one key. */
    private static final long SPARE_NUMBER = 1;

    private PartRules() {}

    static IndexOutcome create(Draft draft, IndexIntent.CreateUpload create) {
        draft.put(
                IndexKeys.upload(draft.bucket(), create.upload()),
                IndexCodec.encode(to -> IndexCodec.writeUpload(to, create.entry())));
        return new IndexOutcome.Done();
    }

    static IndexOutcome put(Draft draft, IndexIntent.PutPart put) {
        upload(draft, put.upload());
        var intentKey = IndexKeys.intent(draft.bucket(), put.intent());
        var intent = draft.get(intentKey);
        if (intent == null) {
            return new IndexOutcome.Expired();
        }
        draft.delete(intentKey);
        var id = put.upload().id();
        var there = draft.get(IndexKeys.part(draft.bucket(), id, put.part().number()));
        if (there != null) {
            var replaced = IndexCodec.decode(there, IndexCodec::readPart).chunks();
            GarbageRules.discard(draft, put.intent().low(), new Garbage.Loose(replaced), put.nowMillis());
        }
        var chunks = IndexCodec.decode(intent, IndexCodec::readIntent).chunks();
        store(draft, id, put.part().with(chunks, put.nowMillis()));
        return new IndexOutcome.Done();
    }

    static void store(Draft draft, UploadId upload, PartEntry part) {
        draft.put(
                IndexKeys.part(draft.bucket(), upload, part.number()),
                IndexCodec.encode(to -> IndexCodec.writePart(to, part)));
    }

    static IndexOutcome complete(Draft draft, IndexIntent.Complete complete) {
        var id = complete.upload().id();
        var key = complete.upload().key();
        var there = ObjectRules.find(draft, key);
        if (there != null && there.body() != null && there.body().upload().equals(id)) {
            return new IndexOutcome.Stored(there); // asked again: the first answer was lost
        }
        var upload = upload(draft, complete.upload());
        var parts = parts(draft, id);
        var begun = new UploadRules.Upload(upload.algorithm(), upload.type());
        var completed = UploadRules.complete(begun, complete.request(), summed(parts));
        ObjectRules.check(
                ConditionRules.write(complete.request().conditions(), key, there == null ? null : there.etag()));
        var spans = new ArrayList<PartSpan>();
        for (var part : complete.request().parts()) {
            var chosen = parts.get(part.partNumber());
            if (chosen == null) {
                throw new IllegalStateException("a part that was chosen and is not there");
            }
            spans.add(new PartSpan(chosen.number(), chosen.bytes()));
        }
        draft.put(IndexKeys.head(draft.bucket(), id), IndexCodec.encode(to -> IndexCodec.writeSpans(to, spans)));
        draft.delete(IndexKeys.upload(draft.bucket(), complete.upload()));
        var numbers = new HashSet<>(complete.request().parts().stream()
                .map(CompletedPart::partNumber)
                .toList());
        if (!numbers.containsAll(parts.keySet())) {
            GarbageRules.discard(draft, id.low() ^ SPARE_NUMBER, new Garbage.Spare(id), complete.nowMillis());
        }
        var entry = new ObjectEntry(
                complete.nowMillis(),
                completed.etag(),
                completed.bytes(),
                completed.checksum(),
                completed.type(),
                upload.headers(),
                new ObjectEntry.Body(id, spans.size(), true));
        return ObjectRules.store(draft, key, entry, null, there, complete.notices(), complete.nowMillis());
    }

    static IndexOutcome abort(Draft draft, IndexIntent.AbortUpload abort) {
        upload(draft, abort.upload());
        end(draft, abort.upload(), abort.nowMillis());
        return new IndexOutcome.Done();
    }

    /** Its parts become garbage; those being written are refused when they come. */
    static void end(Draft draft, UploadKey upload, long nowMillis) {
        draft.delete(IndexKeys.upload(draft.bucket(), upload));
        GarbageRules.discard(draft, upload.id().low(), new Garbage.Whole(upload.id()), nowMillis);
    }

    private static UploadEntry upload(Draft draft, UploadKey upload) {
        var row = draft.get(IndexKeys.upload(draft.bucket(), upload));
        if (row == null) {
            throw new ServiceException(ObjectErrors.noSuchUpload(upload.id().toString()));
        }
        return IndexCodec.decode(row, IndexCodec::readUpload);
    }

    private static Map<Integer, PartEntry> parts(Draft draft, UploadId upload) {
        var parts = new HashMap<Integer, PartEntry>();
        var rows = draft.scan(
                IndexKeys.part(draft.bucket(), upload, 0),
                IndexKeys.partsEnd(draft.bucket(), upload),
                UploadPart.PART_NUMBER_MAX);
        for (var row : rows) {
            var part = IndexCodec.decode(row.value(), IndexCodec::readPart);
            parts.put(part.number(), part);
        }
        return parts;
    }

    private static Map<Integer, UploadedPart> summed(Map<Integer, PartEntry> parts) {
        var summed = new HashMap<Integer, UploadedPart>();
        parts.forEach((number, part) ->
                summed.put(number, new UploadedPart(part.etag(), part.bytes(), part.checksum(), part.sent())));
        return summed;
    }
}
