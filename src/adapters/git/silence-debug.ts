/**
 * simple-git prints the whole environment of its processes, and with it the credential, when DEBUG covers
 * it (`DEBUG=*`). Must be imported before simple-git, which reads the variable once, at its own import.
 */
if (process.env['DEBUG'] !== undefined) process.env['DEBUG'] += ',-simple-git*';

export {};
