// Every option on: CI lints and builds this in addition to the defaults. All values are invented.
using 'main.bicep'

param environmentName = 'everything'
param location = 'westeurope'
param offerumFlow = 'zkVz'
param postbacks = true
param destinations = 'Bitrix, Amo'
param settings = {
  Pipelines__main__Offerum__Country: 'RU'
  Pipelines__main__Telegram__ChatId: '-1001234567'
  Alerts__Email__Smtp: 'smtp.example.org:587'
  Alerts__Email__From: 'leads@example.org'
  Alerts__Email__To: 'night-shift@example.org'
  Alerts__Email__User: 'leads'
}
param vaultSettings = {
  Pipelines__main__Telegram__BotToken: 'main-telegram-bot-token'
  Alerts__Email__Password: 'alerts-email-password'
}
param vaultValues = {
  'main-telegram-bot-token': '1234567:invented-invented-invented-invented'
}
param journalLock = true
param maximumInstanceCount = 40
param instanceMemoryMB = 4096
param alwaysReadyInstances = 1
param storageSku = 'Standard_GZRS'
param privateNetwork = true
param consoleClientId = '00000000-0000-0000-0000-000000000001'
param alertEmail = 'night-shift@example.org'
param quietHours = 6
param operatorPrincipalId = '00000000-0000-0000-0000-000000000002'
param operatorPrincipalType = 'Group'
