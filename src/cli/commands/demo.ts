import pc from 'picocolors';
import { DEMO_ORG, makeDemoWorld } from '../../app/demo-world.ts';
import type { DemoWorld } from '../../app/demo-world.ts';
import { renderDiagnostics } from '../../app/render-faults.ts';
import type { ExitCode } from '../../domain/error-catalog.ts';
import { FlowkeeperError } from '../../domain/errors.ts';
import { statusPathOf } from '../../domain/flow-status.ts';
import type { OutcomeStatus } from '../../domain/outcome.ts';
import { lastOutcomesOf } from '../../engine/run-report.ts';
import type { OrgRunReport } from '../../engine/run-report.ts';
import { wantsColour, write } from '../io.ts';
import type { Io } from '../io.ts';
import { silentLog, silentObserver } from '../../app/silent.ts';
import { renderRunText } from '../render-run.ts';

const PRIMARY = 'a1b2c3d4-e5f6-7890-abcd-ef1234567890';
const SUPPORT = '3f6d1c52-8a0e-4b7b-9d4e-2c1a5e7f9b01';
const PRIMARY_FILE = `desired-state/${DEMO_ORG}/flows/primary.yaml`;
const STATUS_BRANCH = 'flowkeeper/status';

/**
 * Tells the main job on a simulated org, and checks at each chapter that what it tells is so: exit 1 when not.
 */
export async function runDemo(io: Io): Promise<ExitCode> {
  const world = await makeDemoWorld({ log: silentLog, observer: silentObserver }, io.signal);
  try {
    const story = new Story(io, world);
    await story.introduce();
    await story.converge();
    const merged = await story.merge();
    await story.handEdit();
    await story.revert(merged);
    await story.failedWrite();
    await story.record();
    return 0;
  } finally {
    await world.remove();
  }
}

/** What a merge changed, for the one who reverts it. */
interface Merged {
  readonly revision: string;
  readonly subject: string;
  readonly before: string;
}

class Story {
  readonly #io: Io;
  readonly #world: DemoWorld;
  readonly #colors: ReturnType<typeof pc.createColors>;
  #chapter = 0;

  constructor(io: Io, world: DemoWorld) {
    this.#io = io;
    this.#world = world;
    this.#colors = pc.createColors(wantsColour(io, io.stdout));
  }

  async introduce(): Promise<void> {
    const { simulator, repository } = this.#world;
    await this.#say(
      `flowkeeper demo: a simulated org with ${String(this.#org().flows().length)} flows at ${simulator.url},`,
      `a git repository at ${repository.path}; both are removed at the end.`,
    );
  }

  async converge(): Promise<void> {
    await this.#title('The org converges to what git says');
    this.#org().edit(PRIMARY, { routing: { maxWaitTime: 300 } }, { by: 'Ada Admin' });
    this.#org().edit(
      SUPPORT,
      { configurationMatrix: { parameter_02: { value: 12 } } },
      { by: 'Ada Admin' },
    );
    await this.#say(
      'Two flows are not as their files say. One run reads all pages, plans, writes:',
    );
    await this.#reconcile({ applied: 2 });
    await this.#say('The same again finds nothing to write and makes no commit:');
    await this.#reconcile({});
  }

  async merge(): Promise<Merged> {
    await this.#title('A pull request is merged');
    const { repository } = this.#world;
    const before = await repository.read('main', PRIMARY_FILE, this.#io.signal);
    const subject = 'Let callers of the primary flow wait 15 minutes';
    const revision = await repository.commit(
      {
        author: { name: 'Dana Developer', email: 'dana@example.com' },
        message: subject,
        files: new Map([[PRIMARY_FILE, before.replace('maxWaitTime: 600', 'maxWaitTime: 900')]]),
      },
      this.#io.signal,
    );
    await this.#say(`Dana Developer merges "${subject}" (${revision.slice(0, 10)}):`);
    await this.#reconcile({ applied: 1 });
    return { revision, subject, before };
  }

  async handEdit(): Promise<void> {
    await this.#title('Somebody changes the org by hand');
    const by = 'Sam Supervisor';
    this.#org().edit(PRIMARY, { routing: { maxWaitTime: 30 } }, { by });
    await this.#say(`${by} sets the longest wait of the primary flow to 30 seconds. The next run:`);
    const report = await this.#reconcile({ applied: 1 });
    const change = report.plan?.changes.find(({ flowId }) => flowId === PRIMARY);
    this.#expect(change?.modifiedBy?.name === by, 'the author of the hand edit is known');
    await this.#say(
      `Detected as ${change?.kind ?? '?'}: changed live by ${change?.modifiedBy?.name ?? '?'}, corrected to what git says.`,
    );
  }

  async revert(merged: Merged): Promise<void> {
    await this.#title('On call reverts the merge');
    await this.#world.repository.commit(
      {
        author: { name: 'Oli Oncall', email: 'oli@example.com' },
        message: `Revert "${merged.subject}"\n\nThis reverts commit ${merged.revision}.`,
        files: new Map([[PRIMARY_FILE, merged.before]]),
      },
      this.#io.signal,
    );
    await this.#say(`Oli Oncall: git revert ${merged.revision.slice(0, 10)}, and merges it:`);
    const report = await this.#reconcile({ applied: 1 });
    const change = report.plan?.changes.find(({ flowId }) => flowId === PRIMARY);
    this.#expect(change?.kind === 'revert', 'the change is known as a revert');
    this.#expect(this.#waitTimeInEffect() === 600, 'the old value is in effect again');
    await this.#say(
      'Known as a revert: it goes first, and what was before is in effect again (600 s).',
    );
  }

  async failedWrite(): Promise<void> {
    await this.#title('A write that does not have its effect is rolled back');
    const { repository, simulator } = this.#world;
    simulator.faults.add({
      kind: 'store-differently',
      method: 'PATCH',
      flowId: PRIMARY,
      times: 1,
      pointer: '/routing/maxWaitTime',
      value: 1,
    });
    const before = await repository.read('main', PRIMARY_FILE, this.#io.signal);
    await repository.commit(
      {
        author: { name: 'Dana Developer', email: 'dana@example.com' },
        message: 'Let callers wait 20 minutes',
        files: new Map([[PRIMARY_FILE, before.replace('maxWaitTime: 600', 'maxWaitTime: 1200')]]),
      },
      this.#io.signal,
    );
    await this.#say(
      'The service answers 200 to the next PATCH and stores 1 second instead of 1200:',
    );
    await this.#reconcile({ 'rolled-back': 1 });
    this.#expect(this.#waitTimeInEffect() === 600, 'the snapshot is in effect again');
    await this.#say(
      'The snapshot from before the write is in effect again (600 s). These settings are held back',
      'until git changes: the next run does not try them again.',
    );
    await this.#reconcile({ blocked: 1 });
  }

  async record(): Promise<void> {
    await this.#title('What is left in git');
    const { repository } = this.#world;
    await this.#say(`git log ${STATUS_BRANCH}:`, '');
    await this.#print(indent(await repository.log(STATUS_BRANCH, this.#io.signal)));
    const path = statusPathOf(DEMO_ORG, PRIMARY);
    await this.#say('', `${path}:`, '');
    await this.#print(indent(await repository.read(STATUS_BRANCH, path, this.#io.signal)));
    await this.#say('', 'Done; everything is removed. Next: docs/getting-started.md.');
  }

  #org(): ReturnType<DemoWorld['simulator']['org']> {
    return this.#world.simulator.org();
  }

  #waitTimeInEffect(): unknown {
    const flow = this.#org().flow(PRIMARY);
    const routing = flow.inEffect['routing'] as { readonly maxWaitTime?: unknown } | undefined;
    return routing?.maxWaitTime;
  }

  async #reconcile(expected: Partial<Record<OutcomeStatus, number>>): Promise<OrgRunReport> {
    const [report] = await this.#world.app.reconcile({}, this.#io.signal);
    if (!report) throw new Error('no run');
    const colour = wantsColour(this.#io, this.#io.stdout);
    await this.#print(renderRunText([report], { colour, renderFaults: renderDiagnostics }));
    const outcomes = lastOutcomesOf(report.outcomes);
    for (const [status, count] of Object.entries(expected))
      this.#expect(
        outcomes.filter((outcome) => outcome.status === status).length === count,
        `${String(count)} flow(s) end as ${status}`,
      );
    const total = Object.values(expected).reduce((sum, count) => sum + count, 0);
    this.#expect(outcomes.length === total && !report.error, 'nothing else happens');
    return report;
  }

  /** The demo must not tell what is not so. */
  #expect(holds: boolean, what: string): void {
    if (holds) return;
    const reason = `the demo expected that ${what}`;
    throw new FlowkeeperError('bug.unexpected', reason, { reason });
  }

  async #title(text: string): Promise<void> {
    this.#chapter += 1;
    await this.#say('', this.#colors.bold(`${String(this.#chapter)}. ${text}`));
  }

  #say(...lines: readonly string[]): Promise<void> {
    return this.#print(`${lines.join('\n')}\n`);
  }

  #print(text: string): Promise<void> {
    return write(this.#io.stdout, text);
  }
}

function indent(text: string): string {
  return text.trimEnd().replaceAll(/^(?=.)/gm, '  ') + '\n';
}
