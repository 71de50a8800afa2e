import {forgetToken, openSession, setToken} from './api.js';
import {h} from './dom.js';

/** A form for the token, with what it is needed for; `entered` is called once the page has taken it. */
export function askForToken(why, entered) {
  const field = h('input', {type: 'password', id: 'token', autocomplete: 'off', required: true});
  const said = h('p', {role: 'alert', class: 'failed'}, '');
  const enter = async event => {
    event.preventDefault();
    setToken(field.value);
    try {
      await openSession();
      entered();
    } catch (e) {
      forgetToken();
      said.textContent = e.code === 'TOKEN_MISSING' ? 'This is not the token of the page.'
        : e.status === 404 ? 'This page was started without a token.' : e.message;
    }
  };
  return [h('p', {}, why),
    h('form', {class: 'row', onsubmit: enter}, h('label', {}, 'Token', field), h('button', {}, 'Enter')), said];
}
