/** Lets at most `most` pieces of work run at a time; the others wait in the order in which they came. */
export function limiter(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      return await work();
    } finally {
      // A waiting piece takes over this one's place, so that `running` never passes `most`.
      const next = waiting.shift();
      if (next === undefined) running--;
      else next();
    }
  };
}
