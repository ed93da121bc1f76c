const BLOCK =
  /^-----BEGIN PGP PUBLIC KEY BLOCK-----[ \t]*\r?\n([\s\S]*?)^-----END PGP PUBLIC KEY BLOCK-----/gm;

/** OpenPGP keys as bytes: the blocks of an armored file one after the other; what is not armored stays as it is. */
export function dearmored(file: Buffer): Buffer {
  const blocks = [...file.toString('latin1').matchAll(BLOCK)];
  if (blocks.length === 0) return file;
  return Buffer.concat(blocks.map(([, body = '']) => Buffer.from(base64Of(body), 'base64')));
}

/** Without the headers before the first empty line, and without the checksum. */
function base64Of(body: string): string {
  const lines = body.split(/\r?\n/).map((line) => line.trim());
  const isHeader = (line: string): boolean => /^[A-Za-z]+: /.test(line);
  const data = lines.filter((line) => !isHeader(line) && !line.startsWith('='));
  return data.join('');
}
