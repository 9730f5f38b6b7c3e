import {execFileSync} from 'node:child_process'
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {onCleanup} from './cleanup.js'

/** A certificate of one host, and the PEM file of the certificate authority that signed it. */
export interface Certificates {
  readonly authorityPath: string
  readonly key: string
  readonly cert: string
}

const NEW_KEY = '-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes'.split(' ')

/** Whether certificates can be created on this machine. */
export function hasOpenssl(): boolean {
  try {
    openssl(tmpdir(), ['version'])
    return true
  } catch {
    return false
  }
}

/** Days from now. */
interface Validity {
  readonly from: number
  readonly until: number
}

const AUTHORITY = `[ca]
default_ca = ours
[ours]
database = index.txt
serial = serial
new_certs_dir = .
default_md = sha256
policy = any
[any]
commonName = supplied
`

/** Creates an unknown certificate authority that signs a host's certificate, for two days. */
export function makeCertificates(
  host: string,
  {from, until}: Validity = {from: -1, until: 2},
): Certificates {
  const folder = mkdtempSync(join(tmpdir(), 'mogplex-certificates-'))
  onCleanup(() => rmSync(folder, {recursive: true, force: true}))
  const subject = (name: string): string[] => ['-subj', `/CN=${name}`]
  openssl(folder, [
    'req',
    '-x509',
    ...NEW_KEY,
    ...subject('A network of its own'),
    '-days',
    '2',
    '-keyout',
    'authority.key',
    '-out',
    'authority.pem',
  ])
  openssl(folder, ['req', ...NEW_KEY, ...subject(host), '-keyout', 'host.key', '-out', 'host.csr'])
  writeFileSync(join(folder, 'host.ext'), `subjectAltName=DNS:${host}\n`)
  writeFileSync(join(folder, 'authority.cnf'), AUTHORITY)
  writeFileSync(join(folder, 'index.txt'), '')
  writeFileSync(join(folder, 'serial'), '01\n')
  openssl(folder, [
    'ca',
    '-batch',
    '-notext',
    '-config',
    'authority.cnf',
    '-in',
    'host.csr',
    '-cert',
    'authority.pem',
    '-keyfile',
    'authority.key',
    '-extfile',
    'host.ext',
    '-startdate',
    asn1Date(from),
    '-enddate',
    asn1Date(until),
    '-out',
    'host.pem',
  ])
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8')
  const authority = read('authority.pem')
  return {
    authorityPath: join(folder, 'authority.pem'),
    key: read('host.key'),
    cert: read('host.pem') + authority, // like proxies that sign certificates send them
  }
}

/** `YYYYMMDDHHMMSSZ` (RFC 5280 §4.1.2.5.2). */
function asn1Date(days: number): string {
  const instant = new Date(Date.now() + days * 86_400_000).toISOString()
  return `${instant.slice(0, 19).replaceAll(/\D/g, '')}Z`
}

function openssl(folder: string, args: readonly string[]): void {
  execFileSync('openssl', args, {cwd: folder, stdio: 'ignore'})
}
