export interface WebSubClient {
  /** @throws when the hub refuses, or does not answer in time: a slow hub must not hold up publishing */
  publish(hub: string, feed: string): Promise<void>;
}

const timeoutMs = 5000;

/** WebSub leaves the notification to convention: a form with `hub.mode=publish` and the feed's address. */
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
