/**
 * Makes this thread's present the local run's: `Date.now()` and `new Date()` are so many milliseconds ahead, by what
 * stands in shared memory at that moment. Nothing else of `Date` changes.
 */
export const shiftDate = (clockOffsetMs: Float64Array): void => {
  const machine = Date;
  const now = (): number => machine.now() + (clockOffsetMs[0] ?? 0);
  globalThis.Date = new Proxy(machine, {
    construct: (target, given, newTarget) =>
      Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget),
    apply: () => new machine(now()).toString(),
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
  });
};
