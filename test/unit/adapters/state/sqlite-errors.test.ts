import { describe, expect, test } from '@jest/globals';
import { translateStateError } from '../../../../src/adapters/state/sqlite-errors.ts';
import { FlowkeeperError } from '../../../../src/domain/errors.ts';

function sqliteError(errcode: number, message = 'as SQLite says'): Error {
  return Object.assign(new Error(message), { code: 'ERR_SQLITE_ERROR', errcode });
}

describe('translateStateError', () => {
  test.each([
    { name: 'SQLITE_FULL', error: sqliteError(13), code: 'state.unwritable' },
    { name: 'SQLITE_IOERR', error: sqliteError(10), code: 'state.unwritable' },
    { name: 'SQLITE_IOERR_FSYNC', error: sqliteError(1034), code: 'state.unwritable' },
    { name: 'SQLITE_READONLY', error: sqliteError(8), code: 'state.unwritable' },
    { name: 'SQLITE_READONLY_DBMOVED', error: sqliteError(1032), code: 'state.unwritable' },
    { name: 'SQLITE_CANTOPEN', error: sqliteError(14), code: 'state.unwritable' },
    { name: 'SQLITE_BUSY', error: sqliteError(5), code: 'state.unwritable' },
    { name: 'SQLITE_BUSY_SNAPSHOT', error: sqliteError(517), code: 'state.unwritable' },
    { name: 'SQLITE_NOMEM', error: sqliteError(7), code: 'state.unwritable' },
    { name: 'SQLITE_CORRUPT', error: sqliteError(11), code: 'state.corrupt' },
    { name: 'SQLITE_CORRUPT_INDEX', error: sqliteError(779), code: 'state.corrupt' },
    { name: 'SQLITE_NOTADB', error: sqliteError(26), code: 'state.corrupt' },
    { name: 'a lost table', error: sqliteError(1, 'no such table: x'), code: 'state.corrupt' },
    {
      name: 'a bad statement',
      error: sqliteError(1, 'near "x": syntax error'),
      code: 'bug.unexpected',
    },
    { name: 'a constraint', error: sqliteError(2067), code: 'bug.unexpected' },
    {
      name: 'an error of the file system',
      error: Object.assign(new Error('EROFS'), { code: 'EROFS', syscall: 'open' }),
      code: 'state.unwritable',
    },
    {
      name: 'anything else',
      error: new Error('statement has been finalized'),
      code: 'bug.unexpected',
    },
    { name: 'no error at all', error: 'a text', code: 'bug.unexpected' },
  ])('$name is $code', ({ error, code }) => {
    const translated = translateStateError(error, '/var/state.db');
    expect(translated.code).toBe(code);
    expect(translated.cause).toBe(error);
    if (code !== 'bug.unexpected') expect(translated.message).toContain('/var/state.db');
  });

  test('what is translated already stays as it is', () => {
    const error = new FlowkeeperError('state.busy', 'm', { org: 'a', holder: 'b' });
    expect(translateStateError(error, 'f')).toBe(error);
  });

  test('a lock says that another process is in the way', () => {
    expect(translateStateError(sqliteError(5), 'f').message).toMatch(/another process/);
  });
});
