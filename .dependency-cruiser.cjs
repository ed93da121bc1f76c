/** Who may import whom. Read top to bottom: each layer may import only what its rule names. */
const may = (layer, ...allowed) => ({
  name: `${layer}-imports`,
  comment: `src/${layer} may import only: itself, ${allowed.join(', ') || 'nothing else'}.`,
  severity: 'error',
  from: { path: `^src/${layer}/` },
  to: { path: '^src/', pathNot: [layer, ...allowed].map((name) => `^src/${name}/`) },
});
const noNode = (layers) => ({
  name: 'pure-layers-are-pure',
  comment:
    'These layers compute; files, sockets and processes belong to adapters. Hashing computes.',
  severity: 'error',
  from: { path: `^src/(${layers})/` },
  to: { dependencyTypes: ['core'], pathNot: '^(node:)?crypto$' },
});

module.exports = {
  forbidden: [
    may('domain'),
    may('config', 'domain'),
    may('plan', 'domain'),
    may('gates', 'domain'),
    may('ports', 'domain'),
    may('engine', 'domain', 'config', 'plan', 'gates', 'ports'),
    may('backends', 'domain', 'ports'),
    may('adapters', 'domain', 'ports'),
    may('simulator'),
    may('server', 'domain', 'engine', 'plan', 'ports', 'app'),
    may('cli', 'domain', 'engine', 'plan', 'ports', 'app'),
    {
      name: 'nothing-imports-cli',
      comment: 'The command line is the outermost layer; what two layers share lives further in.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/cli/' },
      to: { path: '^src/cli/' },
    },
    noNode('domain|plan|gates|config|ports|engine'),
    {
      name: 'one-http-client',
      comment: 'axios is the only HTTP client, and only its adapter knows it.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/adapters/http/' },
      to: { path: 'node_modules/axios' },
    },
    {
      name: 'one-git',
      comment: 'simple-git is the only git, and only its adapter knows it.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/adapters/git/' },
      to: { path: 'node_modules/simple-git' },
    },
    {
      name: 'no-child-processes',
      comment: 'Processes are started by simple-git alone.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(node:)?child_process$' },
    },
    {
      name: 'no-cycles',
      comment: 'A cycle means that two files are one topic, or that a third is missing.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'src-not-to-test',
      comment: 'What ships does not lean on tests.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|bench|scripts)/' },
    },
    {
      name: 'no-dev-deps-in-src',
      comment: 'What ships imports only what is installed with it.',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev'] },
    },
    {
      name: 'no-orphans',
      comment: 'A file that nobody imports is dead or in the wrong place.',
      severity: 'error',
      from: { orphan: true, pathNot: '\\.d\\.ts$|^src/cli/main\\.ts$' },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types'],
    },
  },
};
