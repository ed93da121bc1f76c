import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { AxiosHttpClient } from '../../../../src/adapters/http/axios-http-client.ts';
import { makeGithubComment } from '../../../../src/adapters/review/github-comment.ts';
import { makeGitlabComment } from '../../../../src/adapters/review/gitlab-comment.ts';
import type { ReviewComment } from '../../../../src/ports/review-comment.ts';
import { ReviewHost } from '../../../support/review-host.ts';
import { SkippingClock } from '../../../support/skipping-clock.ts';

const MARK = '<!-- flowkeeper: plan -->';
const signal = new AbortController().signal;

let host: ReviewHost;
let http: AxiosHttpClient;

beforeEach(async () => {
  host = await ReviewHost.start();
  http = new AxiosHttpClient({ clock: new SkippingClock(), random: () => 0 }, { retries: 1 });
});

afterEach(async () => {
  http.close();
  await host.close();
});

const repository = 'acme/contact-centre';
const github = (over: object = {}): ReviewComment =>
  makeGithubComment(http, { ...host.github, repository, number: 7, ...over });
const gitlab = (over: object = {}): ReviewComment =>
  makeGitlabComment(http, { ...host.gitlab, project: repository, number: 7, ...over });

describe.each([
  { name: 'GitHub', make: github },
  { name: 'GitLab', make: gitlab },
])('the comment on $name', ({ make }) => {
  const put = (text: string, comment = make()) => comment.put(MARK, `${MARK}\n${text}`, signal);

  test('is written once, replaced in place, and left alone when it says the same', async () => {
    expect((await put('first\n')).kind).toBe('created');
    expect((await put('second\n')).kind).toBe('updated');
    expect((await put('second\n')).kind).toBe('unchanged');
    expect(host.comments.map(({ body }) => body)).toEqual([`${MARK}\nsecond\n`]);
  });

  test('is found behind hundreds of others', async () => {
    for (let n = 0; n < 150; n += 1) host.say('Rea Reviewer', `remark ${String(n)}`);
    await put('first');
    for (let n = 0; n < 150; n += 1) host.say('Rea Reviewer', `remark ${String(n)}`);
    expect((await put('second')).kind).toBe('updated');
    expect(host.comments).toHaveLength(301);
  });

  test('is never one that somebody else wrote, even with our mark', async () => {
    host.say('Rea Reviewer', `${MARK}\nmine`);
    expect((await put('ours')).kind).toBe('created');
    expect(host.comments.map(({ body }) => body)).toEqual([`${MARK}\nmine`, `${MARK}\nours`]);
  });

  test('of another name is another', async () => {
    const other = '<!-- flowkeeper: drift -->';
    await put('plan');
    await make().put(other, `${other}\ndrift`, signal);
    expect(host.comments).toHaveLength(2);
  });

  test.each([
    { method: 'GET', status: 403, says: 'was answered 403: Resource not accessible' },
    { method: 'POST', status: 403, says: 'was answered 403' },
    { method: 'POST', status: 500, says: 'was answered 500' },
  ])('that $method answers with $status is told, not thrown', async ({ method, status, says }) => {
    // the first GET of GitHub asks who the token is
    if (method === 'GET') host.refusals.push({ method, status });
    host.refusals.push({ method, status });
    expect(await put('text')).toEqual({ kind: 'failed', reason: expect.stringContaining(says) });
    expect(host.comments).toEqual([]);
  });

  test('a write is never repeated', async () => {
    host.refusals.push({ method: 'POST', status: 502 });
    await put('text');
    expect(host.calls.filter((call) => call.startsWith('POST'))).toHaveLength(1);
  });

  test('a wrong token is told without it', async () => {
    const result = await put('text', make({ token: 'wrong-token' }));
    expect(result).toEqual({ kind: 'failed', reason: expect.stringContaining('401') });
    expect(JSON.stringify(result)).not.toContain('wrong-token');
  });

  test('a host that is not there is told', async () => {
    await host.close();
    expect((await put('text')).kind).toBe('failed');
  });

  test('an aborted signal is thrown', async () => {
    const cancelled = AbortSignal.abort(new Error('stop'));
    await expect(make().put(MARK, MARK, cancelled)).rejects.toThrow('stop');
  });
});

test('a workflow’s own token, which cannot ask who it is, finds the comment of its bot', async () => {
  host.knowsItself = false;
  host.say('Rea Reviewer', `${MARK}\nmine`);
  expect((await github().put(MARK, `${MARK}\n1`, signal)).kind).toBe('created');
  const updated = await github().put(MARK, `${MARK}\n2`, signal);
  expect(updated).toEqual({
    kind: 'updated',
    url: 'https://github.example/acme/contact-centre/pull/7#issuecomment-2',
  });
});
