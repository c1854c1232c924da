import type { Socket } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** A mail as the server took it. */
export interface ReceivedMail {
  readonly from: string;
  readonly to: string;
  readonly source: string;
}

/** An answer of the server's: its code, and its text with the enhanced status. */
class SmtpError extends Error {
  readonly responseCode: number;

  constructor(responseCode: number, message: string) {
    super(message);
    this.responseCode = responseCode;
  }
}

export type TestSmtpServerOptions = Pick<SMTPServerOptions, 'authOptional' | 'onAuth'>;

/** What a server says that has no enhanced codes, by the local part of the address. */
const words: ReadonlyMap<string, string> = new Map([
  ['unknown', 'User unknown in virtual mailbox table'],
  ['nobody', 'No such user here'],
  ['absent', 'The account does not exist'],
  ['relay', 'Relaying denied'],
  ['listed', 'Your address is on a block list'],
  ['vague', 'Requested action not taken: mailbox unavailable'],
]);

/** A real SMTP server on 127.0.0.1, which answers by address: `gone`, `policy`, `later`, `spam`, `drop` are refused. */
export const startSmtpServer = async (options: TestSmtpServerOptions = {}, host = '127.0.0.1') => {
  const mails: ReceivedMail[] = [];
  const sockets = new Set<Socket>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onRcptTo: ({ address }, _, done) => {
      if (address.startsWith('gone')) return done(new SmtpError(550, '5.1.1 no such mailbox'));
      if (address.startsWith('policy')) return done(new SmtpError(550, '5.7.1 relaying denied'));
      const reply = words.get(address.split('@')[0] ?? '');
      if (reply) return done(new SmtpError(550, reply));
      if (address.startsWith('later')) return done(new SmtpError(451, '4.7.1 come again'));
      done();
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const to = session.envelope.rcptTo[0]?.address ?? '';
        const from = session.envelope.mailFrom ? session.envelope.mailFrom.address : '';
        if (to.startsWith('spam')) return done(new SmtpError(554, '5.7.1 looks like spam'));
        mails.push({ from, to, source: Buffer.concat(chunks).toString() });
        // The mail is here, and the sender will not hear of it.
        if (!to.startsWith('drop')) return done();
        for (const socket of sockets) socket.destroy();
      });
    },
    ...options,
  });
  server.server.on('connection', (socket: Socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const bound = server.server.address();
  const port = typeof bound === 'object' && bound ? bound.port : 0;
  return {
    receivedMails: mails,
    address: `smtp://${host}:${port}`,
    connections: () => sockets.size,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
};
