/**
 * The module that `require('obsidian')` gives the plugin. Every member has the type that obsidian.d.ts declares for it;
 * reading a member that is not here throws and names it.
 */
import type * as O from 'obsidian';
import { Component } from './base/component';
import { debounce } from './base/debounce';
import { Events } from './base/events';
import { strict } from './base/missing';
import { getLinkpath, normalizePath, parseLinktext, stripHeading, stripHeadingForLink } from './base/paths';
import { App } from './app';
import { Editor } from './editor/editor';
import {
  editorEditorField,
  editorInfoField,
  editorLivePreviewField,
  livePreviewState,
} from './editor/fields';
import { FileManager } from './fileManager';
import { addIcon, getIcon, getIconIds, removeIcon, setIcon } from './icons/icons';
import { MarkdownView } from './markdown/markdownView';
import { getAllTags, iterateRefs, resolveSubpath } from './metadata/cacheTools';
import {
  getFrontMatterInfo,
  parseFrontMatterAliases,
  parseFrontMatterEntry,
  parseFrontMatterStringArray,
  parseFrontMatterTags,
  parseYaml,
  stringifyYaml,
} from './metadata/frontmatter';
import { MetadataCache } from './metadata/metadataCache';
import { Platform } from './platform';
import { Plugin } from './plugin';
import { MarkdownPreviewView } from './render/previewView';
import { MarkdownRenderChild } from './render/renderChild';
import { MarkdownPreviewRenderer, MarkdownRenderer } from './render/renderer';
import { htmlToNodes } from './render/toDom';
import { request, requestUrl } from './requests';
import { SecretStorage } from './secretStorage';
import { BaseComponent, ValueComponent } from './ui/baseComponents';
import { ButtonComponent, ExtraButtonComponent, ToggleComponent } from './ui/buttons';
import {
  prepareFuzzySearch,
  prepareSimpleSearch,
  renderMatches,
  renderResults,
  sortSearchResults,
} from './ui/fuzzy';
import {
  AbstractTextComponent,
  ColorComponent,
  DropdownComponent,
  ProgressBarComponent,
  SearchComponent,
  SliderComponent,
  TextAreaComponent,
  TextComponent,
} from './ui/inputs';
import { HoverPopover } from './ui/hoverPopover';
import { AbstractInputSuggest, PopoverSuggest } from './ui/inputSuggest';
import { Keymap, Scope } from './ui/keymap';
import { Menu, MenuItem, MenuSeparator } from './ui/menu';
import { ConfirmationModal, Modal } from './ui/modal';
import { Notice } from './ui/notice';
import { DisplayValueComponent, Setting, SettingGroup } from './ui/setting';
import { SettingPage } from './ui/settingPage';
import { PluginSettingTab, SettingTab } from './ui/settingTab';
import { FuzzySuggestModal, SuggestModal } from './ui/suggest';
import { displayTooltip, setTooltip } from './ui/tooltip';
import { FileSystemAdapter } from './vault/adapter';
import { TAbstractFile, TFile, TFolder } from './vault/files';
import { Vault } from './vault/vault';
import { EditableFileView, FileView, TextFileView } from './workspace/fileView';
import { WorkspaceItem, WorkspaceParent, WorkspaceSplit, WorkspaceTabs } from './workspace/items';
import { WorkspaceLeaf } from './workspace/leaf';
import { WorkspaceWindow } from './workspace/popout';
import { ItemView, View } from './workspace/view';
import { Workspace } from './workspace/workspace';

/** The version of the app whose type definitions the workbench imitates. */
const apiVersion = '1.13.1';

function requireApiVersion(version: string): boolean {
  const [wanted, have] = [version, apiVersion].map((text) => text.split('.').map(Number));
  for (let index = 0; index < 3; index++) {
    const difference = (have?.[index] ?? 0) - (wanted?.[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

function sanitizeHTMLToDom(html: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  fragment.append(...htmlToNodes(html));
  for (const element of fragment.querySelectorAll('script, iframe, object, embed')) element.remove();
  return fragment;
}

/** Checked member by member against the real type definitions. */
const plain = {
  addIcon,
  apiVersion,
  arrayBufferToBase64: (buffer: ArrayBuffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))),
  base64ToArrayBuffer: (base64: string) =>
    Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)).buffer,
  debounce,
  displayTooltip,
  editorEditorField,
  editorInfoField,
  editorLivePreviewField,
  getAllTags,
  getFrontMatterInfo,
  getIcon,
  getIconIds,
  getLanguage: () => 'en',
  getLinkpath,
  iterateRefs,
  livePreviewState,
  normalizePath,
  parseFrontMatterAliases,
  parseFrontMatterEntry,
  parseFrontMatterStringArray,
  parseFrontMatterTags,
  parseLinktext,
  parseYaml,
  Platform,
  prepareFuzzySearch,
  prepareSimpleSearch,
  removeIcon,
  renderMatches,
  renderResults,
  request,
  requestUrl,
  requireApiVersion,
  resolveSubpath,
  sanitizeHTMLToDom,
  setIcon,
  setTooltip,
  sortSearchResults,
  stringifyYaml,
  stripHeading,
  stripHeadingForLink,
  BaseComponent,
  ButtonComponent,
  ColorComponent,
  Component,
  ConfirmationModal,
  DisplayValueComponent,
  DropdownComponent,
  Events,
  ExtraButtonComponent,
  Keymap,
  Menu,
  MenuSeparator,
  Modal,
  Notice,
  ProgressBarComponent,
  Scope,
  SearchComponent,
  SecretStorage,
  Setting,
  SettingGroup,
  SliderComponent,
  TextAreaComponent,
  TextComponent,
  ToggleComponent,
} satisfies Partial<typeof O>;

/**
 * Classes that obsidian.d.ts makes nominal (protected members or private constructors) or constructs differently; their
 * public members are checked where they are written, with `implements`.
 */
const nominal = {
  AbstractInputSuggest,
  AbstractTextComponent,
  App,
  EditableFileView,
  Editor,
  FileManager,
  FileSystemAdapter,
  FileView,
  FuzzySuggestModal,
  HoverPopover,
  ItemView,
  MarkdownPreviewRenderer,
  MarkdownPreviewView,
  MarkdownRenderChild,
  MarkdownRenderer,
  MarkdownView,
  MenuItem,
  MetadataCache,
  Plugin,
  PluginSettingTab,
  PopoverSuggest,
  SettingPage,
  SettingTab,
  SuggestModal,
  TAbstractFile,
  TextFileView,
  TFile,
  TFolder,
  ValueComponent,
  Vault,
  View,
  Workspace,
  WorkspaceItem,
  WorkspaceLeaf,
  WorkspaceParent,
  WorkspaceSplit,
  WorkspaceTabs,
  WorkspaceWindow,
} satisfies Partial<Record<keyof typeof O, unknown>>;

export const obsidian = strict('obsidian', { ...plain, ...nominal });
