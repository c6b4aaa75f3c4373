// A button that copies the code beside it. Without scripts the code is there to be marked and copied by hand.
for (const button of document.querySelectorAll("[data-copies]")) {
  const code = document.getElementById(button.dataset.copies);
  button.hidden = false;
  button.addEventListener("click", async () => {
    code.select();
    await navigator.clipboard.writeText(code.value);
    button.nextElementSibling.textContent = code.dataset.copied;
  });
}
