// The JSON API. The token comes once behind the address (#token=…) or from the form, and stays in this tab.
const KEY = 'deformux-token';

export function takeTokenFromAddress() {
  const given = location.hash.match(/^#token=([A-Za-z0-9._-]+)$/);
  if (given) {
    sessionStorage.setItem(KEY, given[1]);
    history.replaceState(null, '', '#/jobs');
  }
}

export const setToken = token => sessionStorage.setItem(KEY, token.trim());
export const forgetToken = () => sessionStorage.removeItem(KEY);
export const hasToken = () => sessionStorage.getItem(KEY) !== null;

const headers = () => hasToken() ? {Authorization: 'Bearer ' + sessionStorage.getItem(KEY)} : {};

async function answer(response) {
  const body = await response.json().catch(() => ({}));
  if (!response.ok) {
    if (body.code === 'TOKEN_MISSING') {
      forgetToken(); // it is not, or no more, the page's: another is asked for
    }
    throw Object.assign(new Error(body.message ?? response.statusText), {status: response.status, code: body.code});
  }
  return body;
}

export const get = async path => answer(await fetch(path, {headers: headers()}));
export const post = async (path, body, type = 'application/json') =>
  answer(await fetch(path, {method: 'POST', body, headers: {...headers(), 'Content-Type': type}}));

/** Pictures and changes cannot carry a header, so the token becomes a cookie that lets one look. */
export async function openSession() {
  if (hasToken()) {
    await post('/api/session', '');
  }
}
