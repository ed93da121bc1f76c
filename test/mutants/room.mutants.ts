import { TOGETHER } from './room-files.ts';

// All tests of a room as if they stood in one file: for each fault that is planted the modules are linked once, not
// once for each test file, which is most of the time otherwise.
for (const file of TOGETHER) await import(`../../${file}`);
