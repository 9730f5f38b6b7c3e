import {expect} from 'chai'
import {UsageError} from '../../../../src/domain/errors/usage.js'
import {parsePluginSpec, type PluginSpec} from '../../../../src/domain/plugin/plugin-spec.js'

const file = (path: string): PluginSpec => ({kind: 'file', path})
const url = (address: string): PluginSpec => ({kind: 'url', url: address})
const npm = (name: string, tag = 'latest'): PluginSpec => ({kind: 'npm', name, tag})

describe('parsePluginSpec', () => {
  const cases: [text: string, spec: PluginSpec][] = [
    ['my-plugin', npm('my-plugin')],
    ['my-plugin@1.2.0', npm('my-plugin', '1.2.0')],
    ['@me/my-plugin', npm('@me/my-plugin')],
    ['@me/my-plugin@next', npm('@me/my-plugin', 'next')],
    ['my-plugin@^1 || ^2', npm('my-plugin', '^1 || ^2')],
    ['./x.tgz', file('./x.tgz')],
    ['../x', file('../x')],
    ['.', file('.')],
    ['/abs/x.tgz', file('/abs/x.tgz')],
    ['C:\\x.tgz', file('C:\\x.tgz')],
    ['file:./x.tgz', file('./x.tgz')],
    ['file:///abs/x.tgz', file('/abs/x.tgz')],
    ['x.tgz', file('x.tgz')],
    ['folder/x.tgz', file('folder/x.tgz')],
    ['folder/x@1.0.tar.gz', file('folder/x@1.0.tar.gz')],
    ['owner/repository', url('https://github.com/owner/repository')],
    ['owner/repository#v1', url('https://github.com/owner/repository#v1')],
    ['https://host.example/a.git', url('https://host.example/a.git')],
    ['git+ssh://git@host.example/a', url('git+ssh://git@host.example/a')],
  ]
  for (const [text, spec] of cases) {
    it(`reads ${text} as ${spec.kind === 'npm' ? 'a package' : `a ${spec.kind}`}`, () => {
      expect(parsePluginSpec(text)).to.deep.equal(spec)
    })
  }

  for (const text of ['', 'a b', '@', '$x', 'a/b/c', 'name@', 'x@1;rm', 'a\u001B[2Jb']) {
    it(`refuses ${JSON.stringify(text)}, and repeats no control character of it`, () => {
      expect(() => parsePluginSpec(text))
        .to.throw(UsageError)
        .with.property('message')
        .not.match(/\p{Cc}/u)
    })
  }
})
