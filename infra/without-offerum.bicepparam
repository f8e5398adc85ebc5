// The other end of the options: no Offerum, nobody named, no lock. What CI lints and builds beside the defaults.
using 'main.bicep'

param environmentName = 'other'
param location = 'swedencentral'
param pipelineName = 'agency2'
param offerum = false
param settings = { Pipelines__agency2__Telegram__ChatId: '-1001234567' }
param vaultSettings = { Pipelines__agency2__Telegram__BotToken: 'agency2-telegram-bot-token' }
param journalLock = false
