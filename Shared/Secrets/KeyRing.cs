using System.Xml.Linq;
using Azure.Data.Tables;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.DependencyInjection;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Revisions;

namespace UonOfferum.Shared.Secrets;

/// <summary>Data Protection's keys, rows <c>k|{id}</c> of the table <c>pipelines</c>: every instance must have the same ones, and they must survive restarts.</summary>
internal sealed class KeyRing(PipelineTable table) : IXmlRepository
{
    private const string Prefix = "k|", Xml = "Xml";

    /// <summary>
    /// Reads the current keys. It uses a separate service provider: the framework's would read them at every start, even without secrets, and log that
    /// they are stored unencrypted, which docs/pipelines.md documents.
    /// </summary>
    public static IDataProtectionProvider Open(PipelineTable table)
    {
        var services = new ServiceCollection();
        services.AddDataProtection().SetApplicationName("UonOfferum");
        services.Configure<KeyManagementOptions>(options => options.XmlRepository = new KeyRing(table));
        return services.BuildServiceProvider().GetRequiredService<IDataProtectionProvider>();
    }

    // The interface is not asynchronous. It is called a few times per process, and there is no synchronisation context to block.
    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. Task.Run(() => table.ListAsync(Prefix, null, CancellationToken.None)).GetAwaiter().GetResult()
            .Select(row => JournalCells.Get(row, Xml)).OfType<string>().Select(XElement.Parse)];

    public void StoreElement(XElement element, string friendlyName)
    {
        var row = new TableEntity(PipelineTable.Partition, Prefix + Convert.ToHexStringLower(System.Text.Encoding.UTF8.GetBytes(friendlyName)));
        JournalCells.Put(row, Xml, element.ToString(SaveOptions.DisableFormatting));
        Task.Run(() => table.UpsertAsync(row, CancellationToken.None)).GetAwaiter().GetResult();
    }
}
