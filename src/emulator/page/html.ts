/** The page of a running board: what it holds, and its clock. Filled by its script. */
export const HTML = `<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Embedded board</title>
<link rel="stylesheet" href="/__emulator/style.css">
<script src="/__emulator/script.js" defer></script>
<header>
  <h1>Embedded board</h1>
  <p id="clock"><time id="now">…</time> <span id="pace"></span></p>
  <p id="moves">
    <button type="button" data-ms="3600000">+1 hour</button>
    <button type="button" data-ms="86400000">+1 day</button>
    <button type="button" data-ms="432000000">+5 days</button>
    <button type="button" data-ms="2592000000">+30 days</button>
    <button type="button" id="pause">stop the clock</button>
  </p>
  <form id="setting">
    <label>Set the clock to (UTC) <input id="at" type="datetime-local" required></label>
    <button type="submit">set</button>
  </form>
  <p id="trouble" role="alert"></p>
</header>
<main>
  <section aria-labelledby="funds-title">
    <h2 id="funds-title">Funds</h2>
    <p id="funds"></p>
  </section>
  <section aria-labelledby="jobs-title">
    <h2 id="jobs-title">Jobs <small id="jobs-count"></small></h2>
    <p><label>Find <input id="find" type="search" placeholder="id, title, address, status"></label></p>
    <div class="wide"><table>
      <thead><tr><th>Id<th>Title<th>Status<th>Publication<th>Expires<th>Services<th>Address</tr></thead>
      <tbody id="jobs"></tbody>
    </table></div>
  </section>
  <section aria-labelledby="ledger-title">
    <h2 id="ledger-title">Ledger <small id="ledger-count"></small></h2>
    <div class="wide"><table>
      <thead><tr><th>At<th>Service<th>Job<th>Taken from<th>Roubles or units</tr></thead>
      <tbody id="ledger"></tbody>
    </table></div>
  </section>
  <section aria-labelledby="requests-title">
    <h2 id="requests-title">Requests <small id="requests-count"></small></h2>
    <div class="wide"><table>
      <thead><tr><th>At<th>Request<th>Status<th>Fault</tr></thead>
      <tbody id="requests"></tbody>
    </table></div>
  </section>
</main>
</html>
`;
