/** An address as a number, and its length in bits. */
interface Address {
  readonly value: bigint
  readonly bits: 32 | 128
}

/**
 * Whether an IP address is in a range such as `10.0.0.0/8` or `2001:db8::/32` (RFC 4632, RFC 4291
 * §2.3); `false` for anything that is not one. An IPv4 address within IPv6 counts as IPv4.
 */
export function isInRange(host: string, range: string): boolean {
  const [, first = '', length = ''] =
    /^([\d.]+|[\da-f:.]*:[\da-f:.]*)\/(\d{1,3})$/i.exec(range) ?? []
  const [base, address] = [addressOf(first), addressOf(host)]
  if (base === undefined || address?.bits !== base.bits) return false
  const fixed = Number(length) - (base.bits === 32 && first.includes(':') ? 96 : 0)
  if (fixed < 0 || fixed > base.bits) return false
  const free = BigInt(base.bits - fixed)
  return address.value >> free === base.value >> free
}

function addressOf(text: string): Address | undefined {
  if (!text.includes(':')) return fourOf(text)
  const value = sixOf(text)
  if (value === undefined) return undefined
  return value >> 32n === 0xffffn ? {value: value & 0xffffffffn, bits: 32} : {value, bits: 128}
}

function fourOf(text: string): Address | undefined {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) {
    return undefined
  }
  return {value: parts.reduce((value, part) => (value << 8n) | BigInt(part), 0n), bits: 32}
}

function sixOf(text: string): bigint | undefined {
  const [, before = text, dotted] = /^(.*:)(\d+\.[\d.]+)$/.exec(text) ?? []
  const four = dotted === undefined ? undefined : fourOf(dotted)
  if (dotted !== undefined && four === undefined) return undefined
  const tail =
    four === undefined
      ? ''
      : `${(four.value >> 16n).toString(16)}:${(four.value & 0xffffn).toString(16)}`
  const [head = '', rest, ...more] = (before + tail).split('::')
  if (more.length > 0) return undefined
  const left = groups(head)
  const right = rest === undefined ? [] : groups(rest)
  const missing = 8 - left.length - right.length
  if (rest === undefined ? missing !== 0 : missing < 1) return undefined
  const all = [...left, ...Array.from({length: missing}, () => '0'), ...right]
  if (!all.every((group) => /^[\da-f]{1,4}$/i.test(group))) return undefined
  return all.reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n)
}

function groups(text: string): readonly string[] {
  return text === '' ? [] : text.split(':')
}
