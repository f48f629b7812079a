using System.Globalization;
using V1 = LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Registry.Care;

/// <summary>A child's care as it is answered, without who the carer is.</summary>
internal static class CareAnswer
{
    public static V1.ChildCare Of(Guid child, EntrustedCare care) => new()
    {
        ChildId = child.ToString(), Version = care.Version, Entrusted = care.Facts.Entrusted.ToString(), Relation = care.Carer?.Relation.ToString() ?? "",
        From = care.Carer is null ? "" : Written(care.From), Until = Written(care.Until), Reason = care.Reason?.ToString() ?? "", ChildHeard = care.ChildHeard?.ToString() ?? "",
        Screened = care.Facts.Screened, Barred = care.Bar?.ToString() ?? "", Notified = care.Facts.Notified, Contact = care.Facts.Contact.ToString(),
        Told = { Enum.GetValues<Notices>().Where(n => n is not Notices.None && care.Told.HasFlag(n)).Select(n => n.ToString()) },
        ContactBy = care.Runs ? Written(care.ContactDue.AddDays(-1)) : "", EndedBecause = care.Ended?.ToString() ?? "", Unattended = care.Facts.Unattended,
    };

    private static string Written(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
