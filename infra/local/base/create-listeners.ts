export interface Listeners<Event extends unknown[]> {
  /** Adds a listener; the returned function removes it. */
  add(listener: (...event: Event) => void): () => void;
  notify(...event: Event): void;
}

export const createListeners = <Event extends unknown[]>(): Listeners<Event> => {
  const listeners = new Set<(...event: Event) => void>();
  return {
    add: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    notify: (...event) => {
      for (const listener of listeners) listener(...event);
    },
  };
};
