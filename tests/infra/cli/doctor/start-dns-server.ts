import { createSocket } from 'node:dgram';
import { Resolver } from 'node:dns/promises';

/** Records by type and name. A name without records of a type has none; one that is not here at all does not exist. */
export interface DnsZone {
  readonly CNAME?: Readonly<Record<string, string>>;
  readonly MX?: Readonly<Record<string, string>>;
  readonly TXT?: Readonly<Record<string, readonly string[]>>;
}

const recordTypes = { CNAME: 5, MX: 15, TXT: 16 } as const;
const nameErrorCode = 3;

const encodeName = (name: string): Buffer =>
  Buffer.concat([
    ...name.split('.').map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)])),
    Buffer.from([0]),
  ]);

/** RFC 1035, section 3.3.14: a text is strings of at most 255 bytes. */
const encodeText = (text: string): Buffer =>
  Buffer.concat(
    (text.match(/.{1,255}/g) ?? ['']).map((part) => Buffer.concat([Buffer.from([part.length]), Buffer.from(part)])),
  );

const selectRecords = (zone: DnsZone, type: number, name: string): Buffer[] => {
  const cname = zone.CNAME?.[name];
  const mx = zone.MX?.[name];
  if (type === recordTypes.CNAME && cname) return [encodeName(cname)];
  if (type === recordTypes.MX && mx) return [Buffer.concat([Buffer.from([0, 10]), encodeName(mx)])];
  return type === recordTypes.TXT ? (zone.TXT?.[name] ?? []).map(encodeText) : [];
};

/** RFC 1035, section 4.1: the question again, and each record with a pointer to the question's name. */
const buildAnswer = (zone: DnsZone, query: Buffer): Buffer => {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  const name = labels.join('.').toLowerCase();
  const type = query.readUInt16BE(at + 1);
  const records = selectRecords(zone, type, name);
  const known = Object.values(zone).some((records) => name in records);
  const header = Buffer.alloc(12);
  query.copy(header, 0, 0, 2);
  header.writeUInt16BE(0x8580 | (known ? 0 : nameErrorCode), 2);
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
export const startDnsServer = async (zone: DnsZone) => {
  const socket = createSocket('udp4');
  socket.on('message', (query, { port, address }) => socket.send(buildAnswer(zone, query), port, address));
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
