import { showText } from './show-value.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text that is only text, in XML, HTML and between the quotes of an attribute. */
export function html(text: string): string {
  return showText(text).replaceAll(/[&<>"']/g, (char) => ENTITIES[char] ?? char);
}
