import {expect} from 'chai'
import type {Environment} from '../../../../src/domain/settings/environment.js'
import {
  type SystemFacts,
  surroundingsOf,
  tunnelCommand,
} from '../../../../src/domain/login/surroundings.js'

const DESKTOP: SystemFacts = {
  containerFile: false,
  kernel: 'Linux version 6.8.0',
  platform: 'linux',
}
const SSH = {SSH_CONNECTION: '198.51.100.2 50123 203.0.113.7 22', USER: 'ada'}

function tunnel(env: Environment): string | undefined {
  const {ssh} = surroundingsOf(env, DESKTOP)
  return ssh && tunnelCommand(ssh, 24816)
}

function canShow(env: Environment, marks: Partial<SystemFacts> = {}): boolean {
  return surroundingsOf(env, {...DESKTOP, ...marks}).canShowBrowser
}

describe('surroundingsOf', () => {
  it('finds nothing special on a desktop', () => {
    expect(surroundingsOf({DISPLAY: ':0', USER: 'ada'}, DESKTOP)).to.deep.equal({
      ssh: undefined,
      container: false,
      wsl: false,
      canShowBrowser: true,
    })
  })

  it('detects a container by its file, or by a variable', () => {
    expect(surroundingsOf({}, {...DESKTOP, containerFile: true}).container).to.equal(true)
    for (const variable of [
      'REMOTE_CONTAINERS',
      'CODESPACES',
      'GITPOD_WORKSPACE_ID',
      'KUBERNETES_SERVICE_HOST',
    ]) {
      expect(surroundingsOf({[variable]: 'true'}, DESKTOP).container, variable).to.equal(true)
      expect(surroundingsOf({[variable]: ' '}, DESKTOP).container, variable).to.equal(false)
    }
  })

  it('detects WSL by its variable, or by the kernel version', () => {
    const kernel = 'Linux version 5.15.153.1-microsoft-standard-WSL2'
    expect(surroundingsOf({WSL_DISTRO_NAME: 'Ubuntu'}, DESKTOP).wsl).to.equal(true)
    expect(surroundingsOf({}, {...DESKTOP, kernel}).wsl).to.equal(true)
  })

  describe('canShowBrowser', () => {
    it('is true where there is a display, or BROWSER is set, over SSH or not', () => {
      for (const variable of ['DISPLAY', 'WAYLAND_DISPLAY', 'BROWSER']) {
        expect(canShow({[variable]: 'x'}), variable).to.equal(true)
        expect(canShow({...SSH, [variable]: 'x'}), variable).to.equal(true)
        expect(canShow({...SSH, [variable]: ''}), variable).to.equal(false)
      }
    })

    it('is false on a system whose display needs a variable that is not set', () => {
      for (const platform of ['linux', 'freebsd', 'openbsd']) {
        expect(canShow({}, {platform}), platform).to.equal(false)
      }
    })

    it('is true on a system with windows, but not over SSH', () => {
      for (const platform of ['darwin', 'win32', 'android']) {
        expect(canShow({}, {platform}), platform).to.equal(true)
        expect(canShow(SSH, {platform}), platform).to.equal(false)
      }
    })

    it('is true in WSL, which uses Windows, but not in a container there', () => {
      const wsl = {WSL_DISTRO_NAME: 'Ubuntu'}
      expect(canShow(wsl)).to.equal(true)
      expect(canShow(wsl, {containerFile: true})).to.equal(false)
      expect(canShow({...wsl, ...SSH})).to.equal(false)
    })
  })
})

describe('tunnelCommand', () => {
  const cases: Record<string, [env: Environment, command: string | undefined]> = {
    'is absent without SSH': [{USER: 'ada'}, undefined],
    'names who came, and where': [SSH, 'ssh -N -L 24816:127.0.0.1:24816 ada@203.0.113.7'],
    'names a port other than 22': [
      {...SSH, SSH_CONNECTION: '198.51.100.2 50123 203.0.113.7 2222'},
      'ssh -N -L 24816:127.0.0.1:24816 -p 2222 ada@203.0.113.7',
    ],
    'takes an address of IPv6': [
      {...SSH, SSH_CONNECTION: '2001:db8::2 50123 2001:db8::7 22'},
      'ssh -N -L 24816:127.0.0.1:24816 ada@2001:db8::7',
    ],
    'names who came, not who they became': [
      {...SSH, USER: 'root', SUDO_USER: 'ada'},
      'ssh -N -L 24816:127.0.0.1:24816 ada@203.0.113.7',
    ],
    'takes LOGNAME for USER': [
      {...SSH, USER: undefined, LOGNAME: 'grace'},
      'ssh -N -L 24816:127.0.0.1:24816 grace@203.0.113.7',
    ],
    'leaves out a user that a shell would read': [
      {...SSH, USER: '-oProxyCommand=$(id)'},
      'ssh -N -L 24816:127.0.0.1:24816 203.0.113.7',
    ],
    'says THIS-HOST where only the terminal is known': [
      {SSH_TTY: '/dev/pts/0', USER: 'ada'},
      'ssh -N -L 24816:127.0.0.1:24816 ada@THIS-HOST',
    ],
    'says THIS-HOST for an address that means another machine elsewhere': [
      {...SSH, SSH_CONNECTION: '127.0.0.1 50123 127.0.0.1 2222'},
      'ssh -N -L 24816:127.0.0.1:24816 ada@THIS-HOST',
    ],
    'says THIS-HOST for a link-local address': [
      {...SSH, SSH_CONNECTION: 'fe80::1%eth0 50123 fe80::2%eth0 22'},
      'ssh -N -L 24816:127.0.0.1:24816 ada@THIS-HOST',
    ],
  }
  for (const [title, [env, command]] of Object.entries(cases)) {
    it(title, () => {
      expect(tunnel(env)).to.equal(command)
    })
  }

  for (const nonsense of ['x', '1 2', '1 2 $(id) 22', '1 2 -oX 22', '1 2 a;b 22', '1 2 cafe 22']) {
    it(`returns no command for "${nonsense}"`, () => {
      const command = tunnel({SSH_CONNECTION: nonsense, USER: 'ada'})
      expect(command).to.equal('ssh -N -L 24816:127.0.0.1:24816 ada@THIS-HOST')
    })
  }

  it('returns nothing for an invalid port', () => {
    const command = tunnel({...SSH, SSH_CONNECTION: '1.2.3.4 1 203.0.113.7 -oX'})
    expect(command).to.equal('ssh -N -L 24816:127.0.0.1:24816 ada@203.0.113.7')
  })
})
