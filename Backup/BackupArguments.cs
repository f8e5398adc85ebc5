namespace UonOfferum.Backup;

/// <summary>The command line.</summary>
internal sealed record BackupArguments(bool IsExport, string File, string? Account, bool Secondary, bool Pause, ExistingRows Existing)
{
    /// <summary>Null when the command line is not valid.</summary>
    public static BackupArguments? Parse(IReadOnlyList<string> args)
    {
        if (args is not ["export" or "import", ..])
        {
            return null;
        }

        var isExport = args[0] == "export";
        var (file, account, secondary, pause, existing) = ((string?)null, (string?)null, false, false, ExistingRows.Refuse);
        for (var i = 1; i < args.Count; i++)
        {
            switch (args[i])
            {
                case "--to" when isExport && i + 1 < args.Count:
                case "--from" when !isExport && i + 1 < args.Count:
                    file = args[++i];
                    break;
                case "--account" when i + 1 < args.Count:
                    account = args[++i];
                    break;
                case "--secondary" when isExport:
                    secondary = true;
                    break;
                case "--pause" when !isExport:
                    pause = true;
                    break;
                case "--keep" when !isExport && existing == ExistingRows.Refuse:
                    existing = ExistingRows.Keep;
                    break;
                case "--overwrite" when !isExport && existing == ExistingRows.Refuse:
                    existing = ExistingRows.Overwrite;
                    break;
                default:
                    return null;
            }
        }

        return file is null ? null : new BackupArguments(isExport, file, account, secondary, pause, existing);
    }
}
