import fc from 'fast-check';
import { FlowkeeperError } from '../../src/domain/errors.ts';
import { aFlowId } from '../support/builders.ts';
import { leafWords, someByHand } from './git-steps.ts';
import type { ServiceFault, ServiceMethod } from './service-faults.ts';
import { ordinal, span } from './step.ts';
import type { Step } from './step.ts';
import type { World } from './world.ts';

const aFlowNumber = fc.integer({ min: 1, max: 3 });
const aTurn = fc.integer({ min: 1, max: 3 });

const A_HAND = fc.record({
  who: fc.constantFrom('Sam', 'Tess'),
  n: aFlowNumber,
  leaves: someByHand,
});

const aHandEdit: fc.Arbitrary<Step> = A_HAND.map(({ who, n, leaves }) => ({
  words: `${who} sets flow ${String(n)} by hand: ${leafWords(leaves)}`,
  run: ({ service }: World) => {
    service.edit(aFlowId(n), leaves, who);
  },
}));

/** A hand that comes between two calls of the controller's. */
const aHandBetween: fc.Arbitrary<Step> = fc
  .record({
    hand: A_HAND,
    time: fc.constantFrom('before', 'after'),
    method: fc.constantFrom<ServiceMethod>('read', 'write', 'reload', 'pages'),
    nth: aTurn,
  })
  .map(({ hand: { who, n, leaves }, time, method, nth }) => ({
    words: `right ${time} the ${ordinal(nth)} ${method} from now, ${who} sets flow ${String(n)} by hand: ${leafWords(leaves)}`,
    run: ({ service }: World) => {
      const ofFlow = method === 'read' || method === 'write' ? { flowId: aFlowId(n) } : {};
      const act = (): void => {
        service.edit(aFlowId(n), leaves, who);
      };
      service.hooks.add({ method, time, nth, act, ...ofFlow });
    },
  }));

const aDeletion: fc.Arbitrary<Step> = aFlowNumber.map((n) => ({
  words: `Sam deletes flow ${String(n)}`,
  run: ({ service }: World) => {
    service.remove(aFlowId(n));
  },
}));

type Trouble = Pick<ServiceFault, 'code' | 'lands' | 'answersAfterMs' | 'retryAfterMs'>;

/** After these nothing was changed. */
const REFUSALS: readonly Trouble[] = (
  [
    'api.refused',
    'api.forbidden',
    'api.not-found',
    'api.conflict',
    'api.unauthorized',
    'api.unreachable',
    'api.token-refused',
  ] as const
).map((code) => ({ code, lands: 'never', answersAfterMs: 100 }));

const THROTTLING: readonly Trouble[] = [2000, 90_000, undefined].map((retryAfterMs) => ({
  code: 'api.rate-limited',
  lands: 'never',
  answersAfterMs: 100,
  ...(retryAfterMs !== undefined && { retryAfterMs }),
}));

const aLostAnswer: fc.Arbitrary<Trouble> = fc.record({
  code: fc.constantFrom('api.timeout', 'api.reset', 'api.server-error', 'api.bad-answer'),
  lands: fc.constantFrom<ServiceFault['lands']>('never', 'in-time', 1000, 40_000, 600_000),
  answersAfterMs: fc.constantFrom(500, 30_000),
});

const aTrouble = fc.oneof(
  { weight: 3, arbitrary: aLostAnswer },
  { weight: 1, arbitrary: fc.constantFrom(...REFUSALS) },
  { weight: 1, arbitrary: fc.constantFrom(...THROTTLING) },
);

function troubleWords({ code, lands, answersAfterMs, retryAfterMs }: Trouble): string {
  const landing = {
    never: '',
    'in-time': ', and takes place',
  };
  const takes =
    typeof lands === 'number' ? `, and takes place after ${span(lands)}` : landing[lands];
  const wait = retryAfterMs === undefined ? '' : ` (wait ${span(retryAfterMs)})`;
  return `is answered ${code}${wait} after ${span(answersAfterMs)}${takes}`;
}

/** Several times in a row, so that the controller's patience comes to its end too. */
const aServiceFault: fc.Arbitrary<Step> = fc
  .record({
    method: fc.oneof(
      { weight: 4, arbitrary: fc.constant<ServiceMethod>('write') },
      { weight: 2, arbitrary: fc.constantFrom<ServiceMethod>('read', 'reload') },
      { weight: 1, arbitrary: fc.constant<ServiceMethod>('lookup') },
    ),
    nth: aTurn,
    times: fc.constantFrom(1, 1, 2, 5),
    trouble: aTrouble,
  })
  .map(({ method, nth, times, trouble }) => ({
    words: `the ${ordinal(nth)} ${method} from now${times > 1 ? `, and ${String(times - 1)} more,` : ''} ${troubleWords(trouble)}`,
    run: ({ service }: World) => {
      for (let i = 0; i < times; i += 1) service.faults.add({ method, nth: nth + i, ...trouble });
    },
  }));

const aPartialList: fc.Arbitrary<Step> = fc
  .record({
    code: fc.constantFrom('api.timeout', 'api.page-fault', 'api.server-error', 'api.forbidden'),
    afterPages: fc.constantFrom(0, 1, 99),
  })
  .map(({ code, afterPages }) => ({
    words: `the next list ends after ${String(afterPages)} pages with ${code}`,
    run: ({ service }: World) => {
      const end = { lands: 'never', answersAfterMs: 100 } as const;
      service.faults.add({ method: 'pages', nth: 1, code, afterPages, ...end });
    },
  }));

const aTwist: fc.Arbitrary<Step> = fc
  .record({
    n: aFlowNumber,
    leaves: fc.constantFrom(
      { '/routing/maxWaitTime': 55 },
      { '/routing/scope/type': null },
      { '/routing/type': 'theirs' },
    ),
    times: fc.constantFrom(1, 2, 9),
  })
  .map(({ n, leaves, times }) => ({
    words: `what is stored of flow ${String(n)} is ${leafWords(leaves)}, whatever is asked for, ${String(times)} times`,
    run: ({ service }: World) => {
      service.storeOtherwise(aFlowId(n), leaves, times);
    },
  }));

const PUSH_DETAILS = { remote: 'fake', branch: 'flowkeeper/status', reason: 'away' };

const aPushFault: fc.Arbitrary<Step> = fc
  .record({
    how: fc.constantFrom('before', 'after', 'tip', 'rival'),
    times: fc.constantFrom(1, 3, 6),
  })
  .map(({ how, times }) => ({
    words: {
      before: `the next ${String(times)} pushes fail`,
      after: `the next ${String(times)} pushes land, and their answers are lost`,
      tip: `the status branch cannot be read ${String(times)} times`,
      rival: `somebody else pushes first, ${String(times)} times`,
    }[how],
    run: ({ statusBranch }: World) => {
      const error = new FlowkeeperError('git.unreachable', 'the remote is away', PUSH_DETAILS);
      for (let i = 0; i < times; i += 1) {
        if (how === 'tip') statusBranch.failNextTip(error);
        else if (how === 'rival') statusBranch.raceNext({ 'README.md': `rival ${String(i)}\n` });
        else statusBranch.failNextPush(error, how);
      }
    },
  }));

/** What people do in the org, and what goes wrong around it. */
export const anOrgStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: aHandEdit },
  { weight: 4, arbitrary: aHandBetween },
  { weight: 6, arbitrary: aServiceFault },
  { weight: 1, arbitrary: aPartialList },
  { weight: 2, arbitrary: aTwist },
  { weight: 2, arbitrary: aPushFault },
  { weight: 1, arbitrary: aDeletion },
);
