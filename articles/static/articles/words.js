// What scripts say, in the page's language.
const SAID = {
  save: ["保存", "Save"],
  saving: ["正在保存…", "Saving…"],
  unsaved: ["有改动还没有保存。先保存（Ctrl+S），再做这一步。", "There are unsaved changes. Save first (Ctrl+S), then take this step."],
  uploading: ["图片还在上传，传完即保存。", "A picture is still uploading; the story is saved when it is done."],
  kept: ["已自动保存 ", "Kept "],
  notKept: ["没有自动保存：网络不通，请别关这一页。", "Not kept: no connection. Do not close this page."],
  loggedOut: ["登录已失效，文字还在这一页。请在新窗口登录，再回来保存：", "You are logged out; your text is still here. Log in in a new window, then save: "],
  login: ["去登录", "Log in"],
  uploadingFile: ["正在上传 ", "Uploading "],
  uploadFailed: ["没有传上去，请重试。", "The upload failed; please try again."],
  tooLarge: ["文件太大，服务器没有收下。", "The file is too large for the server."],
  chosen: ["已选 %d 张", "%d chosen"],
  alreadyListed: ["这张图片已在图片栏里。", "This picture is already listed."],
  newName: ["新通讯员，保存时建档", "A new correspondent; made when you save"],
  known: ["已关联", "Linked"],
  noPaste: ["别处网页的图片没有带进来，请先存到电脑再上传。", "Pictures of other sites were left out; save and upload them first."],
  drop: ["松手即上传图片", "Drop to upload the pictures"],
  library: ["插入图片", "Insert picture"],
  editorsNote: ["编者按", "Editor's note"],
  linkBox: ["链接框", "Link box"],
  remove: ["移除", "Remove"],
};
const which = document.documentElement.lang.startsWith("en") ? 1 : 0;

export function words(name) {
  return SAID[name][which];
}
