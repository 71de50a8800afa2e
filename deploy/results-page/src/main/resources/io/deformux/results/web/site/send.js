import {hasToken, post} from './api.js';
import {h} from './dom.js';

export async function send({tokenForm}) {
  const file = h('input', {type: 'file', id: 'upload', accept: '.zip,.nii,.gz', required: true});
  const model = h('input', {id: 'model', required: true, autocomplete: 'off'});
  const said = h('p', {role: 'status'}, '');
  const submit = async event => {
    event.preventDefault();
    said.textContent = 'sending …';
    try {
      const {id} = await post('/api/uploads?model=' + encodeURIComponent(model.value), file.files[0], 'application/octet-stream');
      said.replaceChildren('sent as ', h('a', {href: '#/jobs/' + encodeURIComponent(id)}, id), '; it is here once its work has begun');
    } catch (e) {
      said.replaceChildren(h('span', {class: 'failed'}, e.message));
    }
  };
  return [h('h2', {}, 'Send a scan'),
    h('p', {}, 'A zip with one DICOM series, or a NIfTI file. It is written to the folder that the workers read, and stays there.'),
    h('form', {class: 'row', onsubmit: submit}, h('label', {}, 'Scan', file), h('label', {}, 'Model', model),
      h('button', {disabled: !hasToken()}, 'Send')), said,
    ...(hasToken() ? [] : tokenForm('This needs the token of the page.'))];
}
