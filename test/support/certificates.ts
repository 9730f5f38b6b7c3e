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

/** Whether certificates can be made on this machine. */
export function hasOpenssl(): boolean {
  try {
    openssl(tmpdir(), ['version'])
    return true
  } catch {
    return false
  }
}

/** Makes a certificate authority that nobody knows, and has it sign for a host, for two days. */
export function makeCertificates(host: string): Certificates {
  const folder = mkdtempSync(join(tmpdir(), 'mogplex-certificates-'))
  onCleanup(() => rmSync(folder, {recursive: true, force: true}))
  const subject = (name: string): string[] => ['-subj', `/CN=${name}`]
  openssl(folder, [
    ...['req', '-x509', ...NEW_KEY, ...subject('A network of its own'), '-days', '2'],
    ...['-keyout', 'authority.key', '-out', 'authority.pem'],
  ])
  openssl(folder, [
    ...['req', ...NEW_KEY, ...subject(host), '-keyout', 'host.key', '-out', 'host.csr'],
  ])
  writeFileSync(join(folder, 'host.ext'), `subjectAltName=DNS:${host}\n`)
  openssl(folder, [
    ...['x509', '-req', '-in', 'host.csr', '-days', '2', '-extfile', 'host.ext'],
    ...['-CA', 'authority.pem', '-CAkey', 'authority.key', '-CAcreateserial'],
    ...['-out', 'host.pem'],
  ])
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8')
  const authority = read('authority.pem')
  return {
    authorityPath: join(folder, 'authority.pem'),
    key: read('host.key'),
    cert: read('host.pem') + authority, // as proxies that sign certificates send them
  }
}

function openssl(folder: string, args: readonly string[]): void {
  execFileSync('openssl', args, {cwd: folder, stdio: 'ignore'})
}
