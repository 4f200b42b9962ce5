// Opens the database, brings one of an older version up to date, and lets go of it when another tab needs that.
import { openDB } from "idb";
import { elsewhereOlder, HistoryError, historyError } from "./error.ts";
import { contentHash, unpacked } from "./pack.ts";
import { type Database, databaseName, migrations, type Schema, version } from "./schema.ts";

/** So long another tab may take to let go, milliseconds. */
const patience = 4000;

/** Gives documents of version 1 their hash; of several that are the same the first stays. Interrupted, it goes on the next time. */
export async function addHashes(database: Database): Promise<void> {
  const known = await database.countFromIndex("documents", "hash");
  if (known === (await database.count("documents"))) return;
  for (const number of await database.getAllKeys("documents")) {
    const document = await database.get("documents", number);
    if (!document || document.hash !== undefined) continue;
    const hash = await contentHash(document, await unpacked(document.packed));
    const writing = database.transaction(["documents", "sources"], "readwrite");
    const documents = writing.objectStore("documents");
    const same = await documents.index("hash").get([document.source, hash]);
    if (!same) await documents.put({ ...document, hash });
    else {
      const confirmed = Math.max(same.confirmed, document.confirmed);
      await documents.put({ ...same, confirmed });
      await documents.delete(number);
      const source = await writing.objectStore("sources").get(document.source);
      if (source) {
        source.documents -= 1;
        source.bytes -= document.packed.length;
        await writing.objectStore("sources").put(source);
      }
    }
    await writing.done;
  }
}

/** One tab at a time. */
async function alone(work: () => Promise<void>): Promise<void> {
  const locks = (navigator as { locks?: LockManager }).locks;
  if (locks) await locks.request("simscope-history", work);
  else await work();
}

/**
 * The database, up to date. `onLost` is called when it has to be let go of: another tab needs it to itself, or the browser closed it.
 *
 * Rejects with a `HistoryError`.
 */
export async function openDatabase(onLost: () => void): Promise<Database> {
  let timer;
  let refuse = () => {};
  const late = new Promise<never>((_, reject) => {
    refuse = () => reject(new HistoryError(elsewhereOlder));
  });
  try {
    const opening = openDB<Schema>(databaseName, version, {
      upgrade: (database, from, _, upgrading) => {
        for (const migrate of migrations.slice(from)) migrate(database, upgrading);
      },
      // Another tab was asked to let go and has not done so.
      blocked: () => (timer = setTimeout(refuse, patience)),
      blocking: (_, __, event) => {
        (event.target as IDBDatabase).close();
        onLost();
      },
      terminated: onLost,
    });
    // One that opens after all is not left open.
    late.catch(() => opening.then((database) => database.close()).catch(() => undefined));
    const database = await Promise.race([opening, late]);
    await alone(() => addHashes(database));
    return database;
  } catch (error) {
    throw historyError(error);
  } finally {
    clearTimeout(timer);
  }
}
