import ts from 'typescript';

/** The same TypeScript declarations, with every property, index signature and array `readonly`. */
export function withReadonly(text: string): string {
  const source = ts.createSourceFile('types.ts', text, ts.ScriptTarget.Latest, true);
  const edits: { readonly at: number; readonly insert: string }[] = [];
  const visit = (node: ts.Node): void => {
    const at = node.getStart(source);
    if (ts.isPropertySignature(node) || ts.isIndexSignatureDeclaration(node)) {
      edits.push({ at, insert: 'readonly ' });
    } else if (ts.isArrayTypeNode(node)) {
      edits.push({ at, insert: '(readonly ' }, { at: node.end, insert: ')' });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  edits.sort((a, b) => a.at - b.at);

  let result = '';
  let done = 0;
  for (const { at, insert } of edits) {
    result += text.slice(done, at) + insert;
    done = at;
  }
  return result + text.slice(done);
}
