using System.Globalization;

namespace UonOfferum.Backup;

/// <summary>How many lines of a file were imported: stored beside the file before the first row is written, so that an interrupted import resumes there.</summary>
internal sealed class ImportProgress
{
    private readonly string _path;
    private readonly string _account;

    /// <exception cref="BackupException">The file was being imported into another account.</exception>
    public ImportProgress(string file, string account)
    {
        (_path, _account) = (file + ".progress", account);
        if (!File.Exists(_path))
        {
            return;
        }

        if (File.ReadAllText(_path).Split('\n') is not [var lines, var other, ..] || other != account)
        {
            throw new BackupException($"{_path} shows that this file was being imported into another account. Finish that import, or delete {_path}.");
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
            File.WriteAllText(_path + ".new", string.Create(CultureInfo.InvariantCulture, $"{lines}\n{_account}\n"));
            File.Move(_path + ".new", _path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A read-only folder, for example. Without the file an interrupted import has to be repeated with --keep.
        }
    }

    public void Done() => File.Delete(_path);
}
