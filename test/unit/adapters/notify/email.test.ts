import { afterEach, expect, test } from '@jest/globals';
import { sendEmail } from '../../../../src/adapters/notify/email.ts';
import type { EmailChannel } from '../../../../src/domain/destination.ts';
import type { Delivery, MailMessage } from '../../../../src/ports/transports.ts';
import { MailServer } from '../../../support/mail-server.ts';
import { startRawServer } from '../../../support/raw-server.ts';

const NEVER = new AbortController().signal;

let server: MailServer | undefined;

afterEach(async () => {
  await server?.close();
  server = undefined;
});

function send(
  channel: Partial<EmailChannel>,
  message: Partial<MailMessage> = {},
  signal = NEVER,
): Promise<Delivery> {
  return sendEmail(
    {
      kind: 'email',
      host: '127.0.0.1',
      port: server?.port ?? 0,
      security: 'none',
      from: 'flowkeeper@example.com',
      to: ['leads@example.com', 'ops@example.com'],
      ...channel,
    },
    { id: 'ntc-1', subject: 'acme: 1 Failed', text: 'Grüße\n', ...message },
    signal,
  );
}

test('a mail comes to all recipients, with a report as a file', async () => {
  server = await MailServer.start({ disabledCommands: ['STARTTLS'] });
  const html = { name: 'drift-report.html', text: '<h1>Drift</h1>' };

  expect(await send({}, { html })).toMatchObject({ kind: 'delivered' });

  const [mail] = server.received;
  expect(mail).toMatchObject({
    from: 'flowkeeper@example.com',
    to: ['leads@example.com', 'ops@example.com'],
    isSecure: false,
  });
  expect(mail?.text).toContain('Subject: acme: 1 Failed');
  // the same at each repeat, so that a mail program can tell
  expect(mail?.text).toContain('Message-ID: <ntc-1@flowkeeper>');
  expect(mail?.text).toContain('Auto-Submitted: auto-generated');
  expect(mail?.text).toContain('Gr=C3=BC=C3=9Fe');
  expect(mail?.text).toContain('filename=drift-report.html');
});

test('a subject brings no headers with it', async () => {
  server = await MailServer.start({ disabledCommands: ['STARTTLS'] });
  await send({}, { subject: 'x\r\nBcc: evil@example.com' });
  expect(server.received[0]?.text).not.toMatch(/^Bcc:/m);
  expect(server.received[0]?.to).not.toContain('evil@example.com');
});

test('starttls: who is not what he should be gets no password and no mail', async () => {
  // the certificate of the test's server is nobody's
  server = await MailServer.start();
  const login = { user: 'flowkeeper', password: 'right' };
  const delivery = await send({ security: 'starttls', ...login });
  expect(delivery).toMatchObject({ kind: 'failed', isFinal: false });
  expect(server.received).toEqual([]);
});

test('starttls: a server that cannot encrypt gets no password and no mail', async () => {
  const seen: string[] = [];
  server = await MailServer.start({
    disabledCommands: ['STARTTLS'],
    onAuth: (auth, _session, done) => {
      seen.push(auth.username ?? '');
      done(null, { user: auth.username });
    },
  });
  const login = { user: 'flowkeeper', password: 'right' };
  expect(await send({ security: 'starttls', ...login })).toMatchObject({ kind: 'failed' });
  expect([seen, server.received]).toEqual([[], []]);
});

test.each([
  ['right', 'delivered'],
  ['wrong', 'failed'],
])('with the %s password it is %s', async (password, kind) => {
  server = await MailServer.start({ disabledCommands: ['STARTTLS'], allowInsecureAuth: true });
  const delivery = await send({ user: 'flowkeeper', password });
  // a wrong password is mended by the operator
  expect(delivery).toMatchObject(kind === 'failed' ? { kind, isFinal: false } : { kind });
  expect(server.received[0]?.user).toBe(kind === 'failed' ? undefined : 'flowkeeper');
});

test.each([
  { code: 550, isFinal: true },
  { code: 451, isFinal: false },
])('recipients that are refused with $code: final $isFinal', async ({ code, isFinal }) => {
  server = await MailServer.start({
    disabledCommands: ['STARTTLS'],
    onRcptTo: (_address, _session, done) => {
      done(Object.assign(new Error('no such user'), { responseCode: code }));
    },
  });
  expect(await send({})).toMatchObject({ kind: 'failed', isFinal });
});

test('one of two recipients that is refused is told', async () => {
  server = await MailServer.start({
    disabledCommands: ['STARTTLS'],
    onRcptTo: ({ address }, _session, done) => {
      done(address.startsWith('ops') ? new Error('no such user') : null);
    },
  });
  const delivery = await send({});
  expect(delivery).toMatchObject({ kind: 'delivered' });
  expect(JSON.stringify(delivery)).toContain('1 recipient(s) refused');
});

test('nobody there is told, and tried again', async () => {
  server = await MailServer.start();
  const { port } = server;
  await server.close();
  server = undefined;
  expect(await send({ port })).toMatchObject({ kind: 'failed', isFinal: false });
});

test('a server that says nothing is left when we are to end', async () => {
  const silent = await startRawServer(() => undefined);
  const end = new AbortController();
  const sending = send({ port: silent.port }, {}, end.signal);
  const refused = expect(sending).rejects.toThrow('the end');
  while (silent.connections() === 0) await new Promise((resolve) => setImmediate(resolve));
  end.abort(new Error('the end'));
  await refused;
  await silent.close();
});
