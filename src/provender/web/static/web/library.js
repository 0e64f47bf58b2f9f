// A mark in an article opens its evidence in a sheet; without this file it leads to the claim's own page.
(() => {
  const sheet = document.getElementById("evidence");
  if (!sheet || !sheet.showModal) return;
  const body = sheet.querySelector(".sheet-body");
  let opener = null;
  document.addEventListener("click", async (event) => {
    const mark = event.target.closest("a[data-claim]");
    if (!mark || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    event.preventDefault();
    let page;
    try {
      const answer = await fetch(mark.href, { headers: { "X-Sheet": "1" } });
      if (!answer.ok) throw new Error(answer.status);
      page = await answer.text();
    } catch {
      location.href = mark.href;
      return;
    }
    body.innerHTML = page;
    body.scrollTop = 0;
    if (!sheet.open) {
      opener = mark;
      mark.setAttribute("aria-expanded", "true");
      sheet.showModal();
    }
    body.focus();
  });
  sheet.addEventListener("click", (event) => { if (event.target === sheet) sheet.close(); });
  sheet.addEventListener("close", () => { opener?.removeAttribute("aria-expanded"); opener?.focus(); body.textContent = ""; });
})();
