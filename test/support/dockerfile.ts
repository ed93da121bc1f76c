export interface DockerStep {
  /** `RUN`, `COPY`, … in capitals. */
  readonly keyword: string;
  /** What follows, with its continued lines joined. */
  readonly text: string;
}

export interface DockerStage {
  readonly image: string;
  readonly steps: readonly DockerStep[];
}

/** What a Dockerfile says, stage by stage; that it is one at all is for a linter to say. */
export function dockerStages(file: string): readonly DockerStage[] {
  const lines = file
    .split(/\r?\n/)
    .filter((line) => !line.startsWith('#'))
    .join('\n')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n');
  const stages: { image: string; steps: DockerStep[] }[] = [];
  for (const line of lines) {
    const [, keyword, text = ''] = /^([A-Z]+) (.*)$/.exec(line) ?? [];
    if (keyword === 'FROM') stages.push({ image: text.split(' ')[0] ?? '', steps: [] });
    else if (keyword !== undefined) stages.at(-1)?.steps.push({ keyword, text });
  }
  return stages;
}

export interface DockerCopy {
  /** The stage that it is from; undefined: the build context. */
  readonly from?: string;
  readonly sources: readonly string[];
  readonly target: string;
}

export function copiesOf(stage: DockerStage): readonly DockerCopy[] {
  return stage.steps
    .filter(({ keyword }) => keyword === 'COPY')
    .map(({ text }) => {
      const words = text.split(/\s+/);
      const from = words.find((word) => word.startsWith('--from='))?.slice('--from='.length);
      const paths = words.filter((word) => !word.startsWith('--'));
      const sources = paths.slice(0, -1);
      return { sources, target: paths.at(-1) ?? '', ...(from !== undefined && { from }) };
    });
}

/** The last value of an instruction; of one in exec form the words. */
export function lastOf(stage: DockerStage, keyword: string): string {
  return stage.steps.findLast((step) => step.keyword === keyword)?.text ?? '';
}

export function wordsOf(stage: DockerStage, keyword: string): readonly string[] {
  return JSON.parse(lastOf(stage, keyword)) as readonly string[];
}
