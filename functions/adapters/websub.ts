/** A WebSub hub that is told of changed feeds. */
export interface WebSubClient {
  /** Milliseconds are bounded, so that a slow hub never holds up publishing. @throws when the hub refuses or is away */
  publish(hub: string, feed: string): Promise<void>;
}

const timeoutMs = 5000;

/** Tells hubs as W3C WebSub's publishers have agreed on: a form with `hub.mode=publish` and the feed's address. */
export const createWebSubClient = (): WebSubClient => ({
  publish: async (hub, feed) => {
    const answer = await fetch(hub, {
      method: 'POST',
      body: new URLSearchParams({ 'hub.mode': 'publish', 'hub.url': feed }),
      signal: AbortSignal.timeout(timeoutMs),
      redirect: 'error',
    });
    await answer.body?.cancel();
    if (!answer.ok) throw new Error(`${hub} answered ${answer.status}`);
  },
});
