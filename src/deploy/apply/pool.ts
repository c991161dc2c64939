/** Runs a job for each entry, at most so many at a time, in their order. Rejects with the first failure. */
export async function inPool<T>(
  entries: readonly T[],
  size: number,
  job: (entry: T) => Promise<void>,
): Promise<void> {
  const rest = entries[Symbol.iterator]();
  const worker = async (): Promise<void> => {
    for (const entry of { [Symbol.iterator]: () => rest }) await job(entry);
  };
  await Promise.all(Array.from({ length: Math.min(size, entries.length) }, worker));
}
