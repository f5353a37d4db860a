'use strict';
(() => {
  const cards = [...document.querySelectorAll('.card')];
  const filters = document.getElementById('filters');
  const campaign = document.body.dataset.campaign;
  const columns = document.body.dataset.columns.split(',');
  const decidable = card => card.querySelector('.decide') !== null;
  const choice = card => card.querySelector('input[type=radio]:checked')?.value ?? '';
  const retried = card => card.querySelector('input[name=retry]')?.checked ?? false;

  // Clips are read when they come into view: hundreds of them must not be fetched at once.
  const looks = new IntersectionObserver(entries => entries.filter(entry => entry.isIntersecting).forEach(entry => {
    looks.unobserve(entry.target);
    entry.target.preload = 'metadata';
  }), { rootMargin: '300px' });
  for (const video of document.querySelectorAll('video')) {
    looks.observe(video);
    video.addEventListener('error', () => {
      const said = video.parentElement.querySelector('.unreadable');
      const place = video.dataset.location;
      said.textContent = place.startsWith('s3://')
        ? 'This browser may not read ' + place + ': the bucket is not public. Sign an address (aws s3 presign) or fetch it.'
        : place + ' cannot be read from here. Open this page from the disk where it was written.';
      said.hidden = false;
    });
  }

  function fill(select, values) {
    for (const value of new Set(values)) {
      select.add(new Option(value, value));
    }
  }
  fill(filters.elements.state, cards.map(card => card.dataset.shownState));
  fill(filters.elements.ratio, cards.map(card => card.dataset.ratio));

  function filter() {
    const text = filters.elements.text.value.toLowerCase();
    const state = filters.elements.state.value;
    const ratio = filters.elements.ratio.value;
    const waiting = filters.elements.waiting.checked;
    let shown = 0;
    for (const card of cards) {
      const fits = (!state || card.dataset.shownState === state) && (!ratio || card.dataset.ratio === ratio)
        && (!waiting || decidable(card)) && (!text || card.textContent.toLowerCase().includes(text));
      card.classList.toggle('hidden', !fits);
      shown += fits ? 1 : 0;
    }
    for (const row of document.querySelectorAll('tbody tr')) {
      row.classList.toggle('hidden', row.querySelector('.card:not(.hidden)') === null);
    }
    document.getElementById('shown').textContent = shown + ' of ' + cards.length + ' shown';
  }
  filters.addEventListener('input', filter);
  filters.addEventListener('submit', event => event.preventDefault());
  filters.hidden = false;
  filter();

  function tell() {
    const yes = cards.filter(card => choice(card) === 'yes');
    const no = cards.filter(card => choice(card) === 'no');
    const again = cards.filter(retried);
    for (const card of cards) {
      card.classList.toggle('yes', choice(card) === 'yes' || retried(card));
      card.classList.toggle('no', choice(card) === 'no');
    }
    // In micro-dollars: sums of decimal fractions are not exact.
    const micros = yes.reduce((sum, card) => sum + Math.round(Number(card.dataset.price) * 1e6), 0);
    document.getElementById('decided').textContent = yes.length + ' approved for $' + (micros / 1e6).toFixed(2)
      + ' expected, ' + no.length + ' rejected, ' + again.length + ' to retry';
    document.getElementById('save-approvals').disabled = yes.length + no.length === 0;
    document.getElementById('save-retries').disabled = again.length === 0;
  }

  function choose(value) {
    for (const card of cards.filter(card => !card.classList.contains('hidden'))) {
      const box = card.querySelector('input[type=radio][value=' + value + ']');
      if (box) {
        box.checked = true;
      }
    }
    tell();
  }

  // What a spreadsheet would run becomes text, as in report.csv.
  const inert = cell => /^[=+\-@\t\r\n]/.test(cell) ? "'" + cell : cell;
  const quoted = cell => /[",\r\n]/.test(cell) ? '"' + cell.replaceAll('"', '""') + '"' : cell;

  function line(card) {
    const values = {
      campaign, render: card.dataset.render, variant: card.dataset.variant, step: card.dataset.step,
      state: card.dataset.shownState, price: card.dataset.price, object: card.dataset.object,
      'draft object': card.dataset.draft, approve: choice(card),
    };
    return columns.map(column => quoted(inert(values[column] ?? ''))).join(',') + '\r\n';
  }

  function save(name, text, type) {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }

  const stem = campaign + '-r' + document.body.dataset.revision;
  document.getElementById('save-approvals').addEventListener('click', () => save(stem + '-approvals.csv',
    columns.join(',') + '\r\n' + cards.filter(card => choice(card)).map(line).join(''), 'text/csv'));
  document.getElementById('save-retries').addEventListener('click', () => save(stem + '-retries.txt',
    '# ' + campaign + '\n' + cards.filter(retried).map(card => card.dataset.render + '\n').join(''), 'text/plain'));
  document.getElementById('approve-shown').addEventListener('click', () => choose('yes'));
  document.getElementById('reject-shown').addEventListener('click', () => choose('no'));
  document.getElementById('clips').addEventListener('change', tell);
  document.getElementById('decisions').hidden = !cards.some(decidable);
  tell();
})();
