import { createSocket } from 'node:dgram';
import { Resolver } from 'node:dns/promises';

/** Records by type and name. A name without records of a type has none; one that is not here at all does not exist. */
export interface Zone {
  readonly CNAME?: Readonly<Record<string, string>>;
  readonly MX?: Readonly<Record<string, string>>;
  readonly TXT?: Readonly<Record<string, readonly string[]>>;
}

const types = { CNAME: 5, MX: 15, TXT: 16 } as const;
const nonexistent = 3;

const nameBytes = (name: string): Buffer =>
  Buffer.concat([
    ...name.split('.').map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)])),
    Buffer.from([0]),
  ]);

/** RFC 1035, section 3.3.14: a text is strings of at most 255 bytes. */
const textBytes = (text: string): Buffer =>
  Buffer.concat(
    (text.match(/.{1,255}/g) ?? ['']).map((part) =>
      Buffer.concat([Buffer.from([part.length]), Buffer.from(part)]),
    ),
  );

const recordsOf = (zone: Zone, type: number, name: string): Buffer[] => {
  const cname = zone.CNAME?.[name];
  const mx = zone.MX?.[name];
  if (type === types.CNAME && cname) return [nameBytes(cname)];
  if (type === types.MX && mx) return [Buffer.concat([Buffer.from([0, 10]), nameBytes(mx)])];
  return type === types.TXT ? (zone.TXT?.[name] ?? []).map(textBytes) : [];
};

/** RFC 1035, section 4.1: the question again, and each record with a pointer to the question's name. */
const answerTo = (zone: Zone, query: Buffer): Buffer => {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  const name = labels.join('.').toLowerCase();
  const type = query.readUInt16BE(at + 1);
  const records = recordsOf(zone, type, name);
  const known = Object.values(zone).some((records) => name in records);
  const header = Buffer.alloc(12);
  query.copy(header, 0, 0, 2);
  header.writeUInt16BE(0x8580 | (known ? 0 : nonexistent), 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(records.length, 6);
  const answers = records.map((data) => {
    const head = Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 60, 0, 0]);
    head.writeUInt16BE(data.length, 10);
    return Buffer.concat([head, data]);
  });
  return Buffer.concat([header, query.subarray(12, at + 5), ...answers]);
};

/** A DNS server on 127.0.0.1 that knows one zone, and Node's resolver asking it alone. */
export const startDns = async (zone: Zone) => {
  const socket = createSocket('udp4');
  socket.on('message', (query, { port, address }) => socket.send(answerTo(zone, query), port, address));
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const server = `127.0.0.1:${socket.address().port}`;
  const resolver = new Resolver({ timeout: 500, tries: 1 });
  resolver.setServers([server]);
  return {
    server,
    resolver,
    close: () => new Promise<void>((resolve) => socket.close(resolve)),
  };
};
