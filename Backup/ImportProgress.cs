using System.Globalization;

namespace UonOfferum.Backup;

/// <summary>How many lines of a file were imported: stored beside the file before the first row is written, so that an interrupted import resumes there.</summary>
internal sealed class ImportProgress
{
    private readonly string _path;
    private readonly string _account;
    private readonly string _mode;

    /// <exception cref="BackupException">The file was being imported into another account, or in another way: half replaced and half kept, the rows would not agree.</exception>
    public ImportProgress(string file, string account, ExistingRows existing)
    {
        (_path, _account, _mode) = (file + ".progress", account, existing.ToString());
        if (!File.Exists(_path))
        {
            return;
        }

        var stored = File.ReadAllText(_path).Split('\n');
        if (stored is not [var lines, var other, ..] || other != account)
        {
            throw new BackupException($"{_path} shows that this file was being imported into another account. Finish that import, or delete {_path}.");
        }

        if (stored is not [_, _, var mode, ..] || mode != _mode)
        {
            throw new BackupException($"{_path} shows that this import was begun with another choice of --keep and --overwrite. Repeat that command; or delete {_path} and import with --keep or --overwrite from the beginning.");
        }

        Lines = long.Parse(lines, CultureInfo.InvariantCulture);
        HasBegun = true;
    }

    /// <summary>Whether an earlier import was interrupted: rows in the account may be its own.</summary>
    public bool HasBegun { get; }

    public long Lines { get; private set; }

    public void Keep(long lines)
    {
        Lines = lines;
        try
        {
            // A move replaces the file atomically.
            File.WriteAllText(_path + ".new", string.Create(CultureInfo.InvariantCulture, $"{lines}\n{_account}\n{_mode}\n"));
            File.Move(_path + ".new", _path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A read-only folder, for example. Without the file an interrupted import begins anew; one without a choice then finds its own rows and asks for --keep.
        }
    }

    public void Done() => File.Delete(_path);
}
