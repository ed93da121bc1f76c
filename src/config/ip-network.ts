/** True for an address, as `127.0.0.1` or `::1`, or a network, as `10.0.0.0/8`. */
export function isIpNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  if (more.length > 0) return false;
  const longest = longestPrefixOf(address);
  if (longest === undefined) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= longest);
}

/** In bits; undefined: it is no address. */
function longestPrefixOf(address: string): 32 | 128 | undefined {
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(address))
    return address.split('.').every((part) => Number(part) <= 255) ? 32 : undefined;
  return /^[0-9A-Fa-f:.]+$/.test(address) && URL.canParse(`http://[${address}]/`) ? 128 : undefined;
}
