using System.Globalization;
using Azure;
using Azure.Identity;
using UonOfferum.Backup;

const string Usage = """
    dotnet run -c Release --project Backup -- export --to FILE [--account NAME [--secondary]]
      Writes every row of the account's tables to FILE, one line of JSON each. Repeat it after an interruption: it continues.
    dotnet run -c Release --project Backup -- import --from FILE [--account NAME] [--pause] [--keep | --overwrite]
      Writes the rows into the account. The app must not run during the import. --pause: nothing is sent until an operator resumes.
    FILE contains names and phones. Without --account: the connection string in AzureWebJobsStorage. Runbook: docs/disaster.md
    """;

using var interrupted = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    interrupted.Cancel();
};
try
{
    var arguments = BackupArguments.Parse(args);
    if (arguments is null)
    {
        Console.WriteLine(Usage);
        return 2;
    }

    var service = BackupAccount.Open(arguments.Account, arguments.Secondary);
    var rows = arguments.IsExport
        ? await new TableExport(service, TimeProvider.System).RunAsync(arguments.File, interrupted.Token)
        : await new TableImport(service, TimeProvider.System).RunAsync(arguments.File, arguments.Existing, arguments.Pause, interrupted.Token);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows} rows {(arguments.IsExport ? "are in" : "were written from")} {arguments.File}"));
    return 0;
}
catch (Exception e) when (e is BackupException or IOException or AuthenticationFailedException)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
catch (RequestFailedException e)
{
    await Console.Error.WriteLineAsync($"The storage account answered {e.Status} {e.ErrorCode}. Repeat the command: it continues where it stopped.");
    return 1;
}
catch (OperationCanceledException)
{
    await Console.Error.WriteLineAsync("Interrupted. Repeat the command: it continues where it stopped.");
    return 1;
}
