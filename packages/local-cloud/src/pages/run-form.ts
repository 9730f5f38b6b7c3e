import {html, type Html} from './html.js'

/** Starts a run; after that, shows its id with the command to attach to it. */
export function runForm(startedId: string | undefined): Html {
  return html`
    ${
      startedId === undefined
        ? undefined
        : html`<div class="notice" role="status" tabindex="-1" autofocus>
            <p>A run has started. Follow it from a terminal:</p>
            <pre><code>mogplex attach ${startedId}</code></pre>
          </div>`
    }
    <form method="post" action="/runs">
      <label for="prompt">What the agent is to do</label>
      <input
        id="prompt"
        name="prompt"
        value="Mend the tests."
        maxlength="1000"
        autocomplete="off"
        aria-describedby="stories"
      />
      <p class="aside" id="stories">
        It is a play of about 20 seconds. The words fail, long, pause, quiet and hostile in it make
        another one.
      </p>
      <button type="submit">Start a run</button>
    </form>
  `
}
