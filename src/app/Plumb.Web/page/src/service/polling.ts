// Asks the server again and again for what has changed, while somebody looks.
import { useEffect, useState } from "preact/hooks";
import { ask, ServerError } from "../server.ts";

const EVERY = 1000;

export interface Polled<T> {
  value: T | null;
  /** Set while the server does not answer; what it said before stays. */
  error: ServerError | null;
}

/**
 * The newest answer to a question. A page that nobody looks at does not ask.
 *
 * next: the query for what is not known yet, from what is known. merge: both together; null when the answer brings nothing new.
 * isLast: whether there is nothing more to come.
 */
export function usePolled<T, A>(view: string, next: (known: T | null) => string, merge: (known: T | null, answer: A) => T, isLast: (value: T) => boolean): Polled<T> {
  const [state, setState] = useState<Polled<T>>({ value: null, error: null });
  useEffect(() => {
    const abort = new AbortController();
    let known: T | null = null;
    let isAsking = false;
    const tick = async () => {
      if (isAsking || document.hidden) return;
      isAsking = true;
      try {
        const response = await ask(view, next(known), abort.signal);
        if (response.status !== 204) known = merge(known, (await response.json()) as A);
        const value = known;
        setState((before) => (before.value === value && before.error === null ? before : { value, error: null }));
        if (value !== null && isLast(value)) stop();
      } catch (error) {
        if (!abort.signal.aborted) setState((before) => ({ ...before, error: error instanceof ServerError ? error : new ServerError(String(error), "Reload the page.") }));
      }
      isAsking = false;
    };
    const onShown = () => void tick();
    const timer = setInterval(onShown, EVERY);
    const stop = () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", onShown);
    };
    document.addEventListener("visibilitychange", onShown);
    onShown();
    return () => {
      stop();
      abort.abort();
    };
  }, [view]);
  return state;
}
